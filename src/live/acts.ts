import { randomUUID } from 'node:crypto';
import { AppError } from '../kernel/errors.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Message, message } from '../kernel/message.ts';
import type { Limits } from '../platform/limits/limits.ts';
import type { Log } from '../platform/watching/log.ts';
import { type AnyAct, readFields, refusalText, toldErrors } from '../web/act.ts';
import { formOfObject } from '../web/forms/json-body.ts';
import type { FieldProblem } from '../web/problem.ts';
import { perSession } from '../web/request/limit.ts';
import type { Who } from './connection.ts';
import { livePolicy } from './policy.ts';

/** What a client's acknowledgement is called with. */
export type Answer =
  | { ok: true; [name: string]: unknown }
  | { ok: false; reason: string; says?: string; retryInMs?: number; errors?: readonly FieldProblem[] };

export interface ActsDeps {
  acts: readonly AnyAct[];
  limits: Pick<Limits, 'take'>;
  isDown: (err: unknown) => boolean;
  clock: Clock;
  log: Log;
}

function byName(acts: readonly AnyAct[]): ReadonlyMap<string, AnyAct> {
  const live = acts.filter((act) => act.live);
  const unfit = live.find(({ confirmed, leaves, input }) => confirmed || leaves || input.files);
  if (unfit) throw new Error(`${unfit.name} needs a page: it can't be done over the socket`);
  return new Map(live.map((act) => [act.name, act]));
}

/** `permits`: counts while Redis is away. */
export type Perform = (who: Who, permits: () => boolean, name: string, sent: unknown) => Promise<Answer>;

/** Does acts as `/api/v1` does them (web/api.ts). */
export function performer({ acts, limits, isDown, clock, log }: ActsDeps) {
  const known = byName(acts);

  /** How long to wait; 0: it is counted, and may be done. */
  const waitFor = async (act: AnyAct, who: Who, permits: () => boolean): Promise<number> => {
    const changes = act.route.startsWith('POST ');
    if (!changes || !act.limits?.length) return 0;
    try {
      const taken = await limits.take(act.limits.map((limit) => perSession(limit, who)));
      return taken.ok ? 0 : taken.waitMs;
    } catch (err) {
      if (!isDown(err)) throw err;
      return permits() ? 0 : livePolicy.awayRetry;
    }
  };

  const done = async (act: AnyAct, who: Who, permits: () => boolean, sent: unknown): Promise<Answer> => {
    const say = (text: Message): string => who.words.say(text);
    const waitMs = await waitFor(act, who, permits);
    if (waitMs > 0)
      return { ok: false, reason: 'too-often', retryInMs: waitMs, says: say(message('web.limit.changes')) };
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent) || Buffer.isBuffer(sent))
      return { ok: false, reason: 'invalid', says: say(message('web.api.json.noObject')) };
    const viewer = { id: who.userId, securityVersion: who.securityVersion, now: clock.now() };
    const input = await readFields(act.input, viewer, formOfObject(sent, act.bounds?.fields));
    if (!input.ok) {
      const errors = toldErrors(input.errors, who.words);
      return { ok: false, reason: 'invalid', says: say(message('web.api.invalid')), errors };
    }
    const { sessionId, address, userAgent } = who;
    const outcome = await act.run(viewer, input.data, { sessionId, address, userAgent, cookies: undefined });
    if (outcome.ok) return { ok: true, ...(act.output.parse(act.answer(outcome.value)) as object) };
    const { reason, retryInMs } = outcome;
    const says = say(reason === 'signed-out' ? message('web.api.signedOut') : refusalText(act, outcome));
    return { ok: false, reason, says, ...(retryInMs === undefined ? {} : { retryInMs }) };
  };

  const failed = (err: unknown, name: string, who: Who): Answer => {
    const said = err instanceof AppError ? err : null;
    if (isDown(err) || said?.status === 503) {
      const retryInMs = said?.retryAfter ? said.retryAfter * 1000 : livePolicy.awayRetry;
      return { ok: false, reason: 'away', retryInMs, says: who.words.t('web.error.down') };
    }
    if (said && said.status < 500) {
      const retry = said.retryAfter === null ? {} : { retryInMs: said.retryAfter * 1000 };
      const reason = said.status === 429 ? 'too-often' : 'invalid';
      return { ok: false, reason, says: who.words.say(said.said), ...retry };
    }
    log.error({ id: randomUUID(), act: name, err }, 'an act failed');
    return { ok: false, reason: 'fault', says: who.words.t('web.error.fault') };
  };

  const perform: Perform = async (who, permits, name, sent) => {
    const act = known.get(name);
    if (!act) return { ok: false, reason: 'unknown' };
    return done(act, who, permits, sent).catch((err: unknown) => failed(err, name, who));
  };
  return { perform, knows: (name: string): boolean => known.has(name) };
}
