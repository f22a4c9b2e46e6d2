import { z } from 'zod';
import { done } from '../../../kernel/outcome.ts';
import { act, noInput } from '../../../web/act.ts';
import { changesLimit } from '../accounts/settings.forms.ts';
import type { Clients } from '../devices/client.ts';
import type { SecurityEvents } from '../history/security-events.service.ts';
import type { Sessions } from '../sessions/sessions.service.ts';

interface SecurityActsDeps {
  sessions: Sessions;
  events: SecurityEvents;
  clients: Clients;
}

const Session = z.object({
  /** Names it in `/settings/sessions/:id/revoke`; it opens nothing. */
  id: z.string(),
  isThisOne: z.boolean(),
  device: z.string(),
  signedInAt: z.iso.datetime(),
  /** To the minute. */
  seenAt: z.iso.datetime(),
  remembered: z.boolean(),
});

const PastEvent = z.object({
  kind: z.string(),
  outcome: z.enum(['done', 'refused']),
  at: z.iso.datetime(),
  device: z.string(),
  /** Whether it came from the network of this request. */
  fromThisNetwork: z.boolean(),
  /** How often it happened that day, where that is counted. */
  times: z.int(),
});

/** Where a person is signed in, and what happened to the account. */
export function securityActs({ sessions, events, clients }: SecurityActsDeps) {
  const ending = {
    access: 'member',
    confirmed: true,
    scope: null,
    limits: [changesLimit],
    output: z.object({ ended: z.int() }),
    refusals: {},
    answer: ({ ended }: { ended: number }) => ({ ended }),
  } as const;

  return {
    read: act({
      name: 'auth.security',
      route: 'GET /settings/security',
      access: 'member',
      scope: null,
      input: noInput,
      output: z.object({ sessions: z.array(Session), history: z.array(PastEvent) }),
      refusals: { 'signed-out': 401 },
      async run(viewer, _input, caller) {
        const [open, history] = await Promise.all([
          sessions.list(viewer, caller.sessionId),
          events.recent(viewer),
        ]);
        const { network } = clients.from(caller);
        return history.ok ? done({ sessions: open, history: history.value, network }) : history;
      },
      answer: ({ sessions: open, history, network }) => ({
        sessions: open.map(({ handle, signedInAt, seenAt, ...session }) => ({
          ...session,
          id: handle,
          signedInAt: signedInAt.toISOString(),
          seenAt: seenAt.toISOString(),
        })),
        history: history.map(({ kind, outcome, at, device, times, ...event }) => ({
          kind,
          outcome,
          at: at.toISOString(),
          device,
          fromThisNetwork: event.network === network,
          times,
        })),
      }),
    }),

    revoke: act({
      ...ending,
      name: 'sessions.revoke',
      route: 'POST /settings/sessions/:id/revoke',
      input: { shape: { texts: ['id'] }, schema: z.object({ id: z.string() }) },
      run: (viewer, { id }, caller) => sessions.revoke(viewer, caller.sessionId, id, clients.from(caller)),
    }),

    revokeOthers: act({
      ...ending,
      name: 'sessions.revokeOthers',
      route: 'POST /settings/sessions/revoke-others',
      input: noInput,
      run: (viewer, _input, caller) => sessions.revokeOthers(viewer, caller.sessionId, clients.from(caller)),
    }),
  };
}

export type SecurityActs = ReturnType<typeof securityActs>;
