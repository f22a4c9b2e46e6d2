import { z } from 'zod';
import { durationOf } from '../../kernel/duration.ts';
import { message } from '../../kernel/message.ts';
import { refused } from '../../kernel/outcome.ts';
import { act, noInput } from '../../web/act.ts';
import { Download } from '../../web/download.ts';
import { type AuthFeature, changesLimit, whyRefused } from '../auth/index.ts';
import { LeaveForm, leaveShape } from './account.page.ts';
import type { Exports } from './exports.service.ts';
import { exportPolicy } from './policy.ts';

interface AccountActsDeps {
  exports: Exports;
  auth: Pick<AuthFeature, 'reauthenticate' | 'deletion' | 'clients'>;
  /** Open pages of others follow. */
  onLeaving: (userId: string) => Promise<unknown>;
}

/** Both give the JSON. */
export const jsonPaths = ['/settings/account/export', '/settings/account/export.json'] as const;

export function accountActs({ exports, auth, onLeaving }: AccountActsDeps) {
  const { reauthenticate, deletion, clients } = auth;

  // It holds everything, so a stolen session alone must not fetch it.
  const fetch = (route: `GET /${string}`, format: 'json' | 'zip') =>
    act({
      name: `privacy.fetch-${format}`,
      route,
      access: 'member',
      confirmed: true,
      scope: null,
      input: noInput,
      output: z.instanceof(Download),
      refusals: { 'not-there': 404 },
      run: (viewer) => exports.open(viewer, format),
      answer: ({ file, madeAt }) =>
        new Download(
          file,
          (username) => `chatlink-${username}-${madeAt.toISOString().slice(0, 10)}.${format}`,
        ),
      tell: () => message('privacy.copy.gone'),
    });
  const [fetchJson, fetchNamedJson] = jsonPaths.map((path) => fetch(`GET ${path}`, 'json'));

  return {
    read: act({
      name: 'privacy.copies',
      route: 'GET /settings/account',
      access: 'member',
      scope: null,
      input: noInput,
      output: z.object({
        making: z.boolean(),
        failed: z.boolean(),
        ready: z.object({ madeAt: z.iso.datetime(), until: z.iso.datetime(), bytes: z.int() }).nullable(),
        /** null: another copy can be asked for now. */
        nextAt: z.iso.datetime().nullable(),
      }),
      refusals: {},
      run: async (viewer) => ({ ok: true, value: await exports.of(viewer) }) as const,
      answer: ({ ready, nextAt, ...copies }) => ({
        ...copies,
        ready: ready && {
          madeAt: ready.madeAt.toISOString(),
          until: ready.until.toISOString(),
          bytes: ready.bytes,
        },
        nextAt: nextAt?.toISOString() ?? null,
      }),
    }),

    ask: act({
      name: 'privacy.ask',
      route: 'POST /settings/account/export',
      access: 'member',
      confirmed: true,
      scope: null,
      input: noInput,
      limits: [changesLimit],
      output: z.object({}),
      refusals: { 'signed-out': 401, 'too-often': 429 },
      run: (viewer, _input, caller) => exports.ask(viewer, clients.from(caller)),
      answer: () => ({}),
      tell: () => message('privacy.copy.tooOften', { count: exportPolicy.perDay.max }),
    }),

    fetchJson: fetchJson!,
    fetchNamedJson: fetchNamedJson!,
    fetchZip: fetch('GET /settings/account/export.zip', 'zip'),

    remove: act({
      name: 'account.delete',
      route: 'POST /settings/account/delete',
      access: 'member',
      scope: null,
      input: { shape: leaveShape, schema: LeaveForm },
      limits: [changesLimit],
      output: z.object({ until: z.iso.datetime() }),
      refusals: { 'signed-out': 401, 'wrong-password': 422, 'too-often': 429, 'left-too-often': 429 },
      async run(viewer, input, caller) {
        const proved = await reauthenticate(viewer, input.currentPassword, caller);
        if (!proved.ok) return proved;
        const left = await deletion.leave(proved.value, clients.from(caller), {
          keepsMessages: input.messages === 'keep',
        });
        if (left.ok) await onLeaving(viewer.id);
        if (left.ok || left.reason === 'signed-out') return left;
        return refused('left-too-often', { retryInMs: left.retryInMs });
      },
      answer: ({ until }) => ({ until: until.toISOString() }),
      tell: (refusal) =>
        refusal.reason === 'left-too-often'
          ? message('privacy.leave.tooOften', { wait: durationOf(refusal.retryInMs / 1000) })
          : whyRefused(refusal),
      leaves: 'signed-out',
    }),
  };
}

export type AccountActs = ReturnType<typeof accountActs>;
