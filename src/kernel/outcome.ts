/** Why something was not done. `retryInMs`: when it may be tried again. */
export type Refusal<Reason extends string = string, Details extends object = object> = {
  ok: false;
  reason: Reason;
  retryInMs?: number;
} & Details;

/** What a service answers: facts. `Refused` are reasons, or refusals that say more than their reason. */
export type Outcome<Value, Refused extends string | Refusal = never> =
  | { ok: true; value: Value }
  | (Refused extends string ? Refusal<Refused> : Refused);

export type AnyOutcome = { ok: true; value: unknown } | Refusal;
export type ValueOf<Result extends AnyOutcome> = Extract<Result, { ok: true }>['value'];
export type RefusalOf<Result extends AnyOutcome> = Extract<Result, { ok: false }>;

export function done(): { ok: true; value: undefined };
export function done<Value>(value: Value): { ok: true; value: Value };
export function done(value?: unknown) {
  return { ok: true, value };
}

export function refused<Reason extends string>(reason: Reason): Refusal<Reason>;
export function refused<Reason extends string, Details extends object>(
  reason: Reason,
  details: Details,
): Refusal<Reason, Details>;
export function refused(reason: string, details: object = {}) {
  return { ok: false, reason, ...details };
}

/** The account is gone, or has another password than when the viewer signed in. */
export type SignedOut = Refusal<'signed-out'>;
export const signedOut: SignedOut = { ok: false, reason: 'signed-out' };
