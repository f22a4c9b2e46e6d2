import type { Request } from 'express';
import { z } from 'zod';
import { AppError } from '../kernel/errors.ts';
import { message, type Message } from '../kernel/message.ts';
import type { AnyOutcome, Refusal, RefusalOf, ValueOf } from '../kernel/outcome.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { bodyOf, type FormBody, type FormBounds, parseForm } from './forms/body.ts';
import { type FormError, type FormShape, type ReadForm, readForm } from './forms/forms.ts';
import { type FileRules, filesOf } from './forms/uploads.ts';
import { type FieldProblem, Problem } from './problem.ts';
import type { MemberLimit } from './request/limit.ts';
import { isSafe } from './request/methods.ts';
import { viewerOf } from './session/guards.ts';
import type { Words } from './words/words.ts';

/** One form for page and API: the fields that may be sent, in the address too, and what they mean. */
export interface ActInput<Input> {
  shape: FormShape;
  schema: z.ZodType<Input>;
  /** Puts a body in order before it is read. */
  arrange?: (body: FormBody, viewer: Viewer) => FormBody | Promise<FormBody>;
  /** Come as `multipart/form-data`. The schema finds a list of them under the name of their field. */
  files?: FileRules;
}

/** Where an act is asked for: facts of a connection, be it a page's, the API's or a socket's. */
export interface Caller {
  sessionId: string;
  address: string | undefined;
  userAgent: string | undefined;
  /** The header. */
  cookies: string | undefined;
}

type Refusals = Readonly<Record<string, 400 | 401 | 403 | 404 | 409 | 422 | 429 | 503>>;

/** One thing that can be done: pages call `run`, and `/api/v1` answers `route` with it (web/api.ts). */
export interface Act<Input, Result extends AnyOutcome, Output = unknown> {
  /** "profile.edit" */
  name: string;
  route: `GET /${string}` | `POST /${string}`;
  access: 'member';
  /** Only where the password was given lately. */
  confirmed?: boolean;
  /** Of a personal token; null: never by token. */
  scope: string | null;
  input: ActInput<Input>;
  /** Where the usual ones are too small. */
  bounds?: FormBounds;
  /** Also over the socket, by its name (src/live). */
  live?: true;
  /** Counted by account, before anything is read. */
  limits?: readonly MemberLimit[];
  output: z.ZodType<unknown, Output>;
  /** It makes something: the API answers 201. */
  created?: boolean;
  /** The status of each reason. */
  refusals: Refusals;
  run(viewer: Viewer, input: Input, caller: Caller): Promise<Result>;
  /** What clients of the API get of it: JSON, or a Download. */
  answer(value: ValueOf<Result>): Output;
  /** What becomes of the session that asked. Pages see to it themselves. */
  leaves?: 'confirmed' | 'signed-out';
  /** Says a refusal. */
  tell?(refusal: RefusalOf<Result>): Message;
}

export type AnyAct = Act<unknown, AnyOutcome>;

type ReasonOf<Result extends AnyOutcome> = RefusalOf<Result>['reason'];

/** An act, where every reason has a status and every status a reason; else what is wrong, which nobody can use as one. */
type Complete<Declared, Stated, Reason> = [Reason] extends [keyof Stated]
  ? [keyof Stated] extends [Reason]
    ? Declared
    : { statusWithoutReason: Exclude<keyof Stated, Reason> }
  : { reasonWithoutStatus: Exclude<Reason, keyof Stated> };

export function act<Input, Result extends AnyOutcome, Output, const Stated extends Refusals>(
  declared: Act<Input, Result, Output> & { refusals: Stated },
): Complete<Act<Input, Result, Output>, Stated, ReasonOf<Result>> {
  return declared as never;
}

export const noInput: ActInput<object> = { shape: { texts: [] }, schema: z.object({}) };

export function callerOf(req: Request): Caller {
  return {
    sessionId: req.sessionID,
    address: req.ip,
    userAgent: req.get('user-agent'),
    cookies: req.get('cookie'),
  };
}

function sentWith(req: Request): FormBody {
  if (!isSafe(req.method)) return bodyOf(req);
  const cut = req.originalUrl.indexOf('?');
  return parseForm(cut < 0 ? '' : req.originalUrl.slice(cut + 1));
}

/** What a request sends to an act: its body, or the query of a read, and what its address names. */
export async function readInput<Input>(
  { input }: { input: ActInput<Input> },
  req: Request,
): Promise<ReadForm<Input>> {
  const sent = sentWith(req);
  const named = Object.entries(req.params).map(([name, value]): [string, string[]] => [name, [value].flat()]);
  if (named.some(([name]) => sent.has(name))) throw new AppError(400, message('web.api.fieldTwice'));
  const { files } = input;
  const given = files ? { [files.field]: filesOf(req, files.field) } : {};
  return readFields(input, viewerOf(req), new Map([...sent, ...named]), given);
}

/** What the fields mean, wherever they come from. */
export async function readFields<Input>(
  { shape, schema, arrange = (body) => body }: ActInput<Input>,
  viewer: Viewer,
  fields: FormBody,
  files: Parameters<typeof readForm>[3] = {},
): Promise<ReadForm<Input>> {
  return readForm(shape, schema, await arrange(fields, viewer), files);
}

/** Mistakes, as programs are told of them. */
export function toldErrors(errors: readonly FormError[], words: Words): FieldProblem[] {
  return errors.map(({ name, text, row }) => ({
    field: name,
    message: words.say(text),
    ...(row === undefined ? {} : { row }),
  }));
}

type Telling<Refused extends Refusal> = { tell?(refusal: Refused): Message };

export function refusalText<Refused extends Refusal>(declared: Telling<Refused>, refusal: Refused): Message {
  return declared.tell?.(refusal) ?? message('web.api.refused');
}

/** A refusal as an error, for the API, and for pages that have no form to show it on. */
export function problemOf<Refused extends Refusal>(
  declared: { refusals: Readonly<Record<string, number>> } & Telling<Refused>,
  refusal: Refused,
): Problem {
  const text = refusalText(declared, refusal);
  return new Problem(declared.refusals[refusal.reason]!, refusal.reason, text, refusal);
}
