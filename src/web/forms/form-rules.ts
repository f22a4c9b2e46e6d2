import type { Request, RequestHandler, Response, Router } from 'express';
import type { MemberLimit } from '../request/limit.ts';
import type { FormBounds } from './body.ts';
import type { FileForm } from './file-forms.ts';

/** What a feature declares of a form, by the path that it is sent to: "/photos/:id/remove". */
export type Forms = Readonly<Record<string, FormRules>>;

export interface FormRules {
  /** Of a form of signed-in people: the page that it stands on, where whoever was signed out comes back to. */
  page?: string;
  /** How large it may be, where that is more than usual. */
  bounds?: FormBounds;
  files?: FileForm;
  /** How often a member may send it. */
  limit?: MemberLimit;
  /** Where its second press goes: a page that leads everybody to where they belong, by the cookie they have now. */
  leadsTo?: string | ((req: Request) => string | null | Promise<string | null>);
  comesBack?: ComesBack;
}

/** For forms that take time to fill in: shown again, with what was typed, when it had been left open or a limit was full. */
export interface ComesBack {
  to: 'visitors' | 'members';
  /** Stand before `show`. */
  guards: readonly RequestHandler[];
  show: (req: Request, res: Response, why: string) => unknown;
}

export function comesBackToVisitors(show: ComesBack['show']): ComesBack {
  return { to: 'visitors', guards: [], show };
}

export function comesBackToMembers(
  guard: RequestHandler | readonly RequestHandler[],
  show: ComesBack['show'],
): ComesBack {
  return { to: 'members', guards: [guard].flat(), show };
}

/** Routes, and the rules of the forms among them. */
export interface FormRoutes {
  routes: Router;
  forms: Forms;
}

/** The rules of what is sent to a path; undefined: no form that anybody declared. */
export type RulesOf = (path: string) => FormRules | undefined;

export function rulesByPath(forms: Forms): RulesOf {
  const known = new Map(Object.entries(forms));
  const patterns = [...known]
    .filter(([path]) => path.includes(':'))
    .map(([path, rules]) => ({ pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`), rules }));
  return (path) => known.get(path) ?? patterns.find(({ pattern }) => pattern.test(path))?.rules;
}
