import { z } from 'zod';
import { durationOf } from '../../../kernel/duration.ts';
import { message, type Message } from '../../../kernel/message.ts';
import type { RefusalOf } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { act, type Caller } from '../../../web/act.ts';
import { changesLimit } from '../accounts/settings.forms.ts';
import type { Clients } from '../devices/client.ts';
import { handleOf } from '../sessions/sessions.service.ts';
import { confirmShape, currentPassword } from './password.forms.ts';
import type { PasswordService, Reauthenticated } from './password.service.ts';

/** Why a password was not taken. */
export function whyRefused(refusal: RefusalOf<Reauthenticated>): Message {
  return refusal.reason === 'too-often'
    ? message('auth.password.current.tooOften', { wait: durationOf(refusal.retryInMs / 1000) })
    : message('auth.password.current.wrong');
}

/** Whether a signed-in person knows the password; tries are counted by their session. */
export type Reauthenticate = (viewer: Viewer, password: string, caller: Caller) => Promise<Reauthenticated>;

export function reauthenticateBy({ passwords, clients }: PasswordActsDeps): Reauthenticate {
  return (viewer, password, caller) =>
    passwords.reauthenticate(viewer, password, handleOf(caller.sessionId), clients.from(caller));
}

interface PasswordActsDeps {
  passwords: PasswordService;
  clients: Clients;
}

export function passwordActs(deps: PasswordActsDeps) {
  const reauthenticate = reauthenticateBy(deps);
  return {
    confirm: act({
      name: 'auth.confirm',
      route: 'POST /settings/confirm',
      access: 'member',
      scope: null,
      input: { shape: confirmShape, schema: currentPassword },
      limits: [changesLimit],
      output: z.object({}),
      refusals: { 'signed-out': 401, 'wrong-password': 422, 'too-often': 429 },
      run: (viewer, input, caller) => reauthenticate(viewer, input.currentPassword, caller),
      answer: () => ({}),
      tell: whyRefused,
      leaves: 'confirmed',
    }),
  };
}

export type PasswordActs = ReturnType<typeof passwordActs>;
