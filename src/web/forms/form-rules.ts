import type { Request, RequestHandler, Response, Router } from 'express';
import type { Message } from '../../kernel/message.ts';
import { byPath } from '../request/by-path.ts';
import type { MemberLimit } from '../request/limit.ts';
import type { FormBounds } from './body.ts';
import type { FileForm } from './file-forms.ts';

/** By the path that a form is sent to: "/photos/:id/remove". */
export type Forms = Readonly<Record<string, FormRules>>;

export interface FormRules {
  /** A member's form stands on this page, to which who was signed out comes back; `path` is what it was sent to. */
  page?: string | ((path: string) => string);
  bounds?: FormBounds; // where it is more than usual
  files?: FileForm;
  limit?: MemberLimit;
  /** A second press goes to this page, which leads everybody to where they belong by their cookie. */
  leadsTo?: string | ((req: Request) => string | null | Promise<string | null>);
  shownAgain?: ShownAgain;
}

/** Shown again with what was typed, when it was left open or a limit was full. */
export interface ShownAgain {
  to: 'visitors' | 'members';
  guards: readonly RequestHandler[]; // before `show`
  show: (req: Request, res: Response, why: Message) => unknown;
}

export function shownAgainToVisitors(show: ShownAgain['show']): ShownAgain {
  return { to: 'visitors', guards: [], show };
}

export function shownAgainToMembers(
  guard: RequestHandler | readonly RequestHandler[],
  show: ShownAgain['show'],
): ShownAgain {
  return { to: 'members', guards: [guard].flat(), show };
}

export interface FormRoutes {
  routes: Router;
  forms: Forms;
}

/** Undefined: no declared form. */
export type RulesOf = (path: string) => FormRules | undefined;

export function pageOf(rules: FormRules | undefined, path: string): string | null {
  const page = rules?.page ?? null;
  return typeof page === 'function' ? page(path) : page;
}

/** `spelled`: what two spellings of one address have in common. */
export function rulesByPath(forms: Forms, spelled?: (path: string) => string): RulesOf {
  return byPath(forms, spelled);
}
