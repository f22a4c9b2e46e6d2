import { durationOf } from '../../../kernel/duration.ts';
import { deviceWords } from '../../../web/request/device-name.ts';
import { deviceFirst } from '../devices/device-first.ts';
import type { EventNews } from '../history/security-events.store.ts';
import { lostFactorPolicy } from '../policy.ts';

const changes = {
  second_factor_set_up: 'setUp',
  second_factor_removed: 'removed',
  recovery_codes_made: 'codesMade',
  recovery_code_used: 'codeUsed',
} as const;

type Change = (typeof changes)[keyof typeof changes];

/** What owners are told of their second factor. `token`: of the link that stops the wait. */
export type SecondFactorMessage =
  | { kind: 'second-factor'; change: Change; username: string; at: Date; device: string }
  | {
      kind: 'second-factor-lost';
      username: string;
      at: Date;
      device: string;
      opensAt: Date;
      token: string;
      isReminder: boolean;
    };

/** Null: it is of something else. */
export function changeOf(kind: EventNews['kind']): Change | null {
  return kind in changes ? changes[kind as keyof typeof changes] : null;
}

export function secondFactorModel(message: SecondFactorMessage, link: (path: string) => string): object {
  const { username, at, device } = message;
  const common = {
    username,
    at: at.getTime(),
    device: deviceWords(device),
    deviceFirst: deviceFirst(device),
    forgotUrl: link('/password/forgot'),
  };
  return message.kind === 'second-factor'
    ? { ...common, change: message.change, securityUrl: link('/settings/security') }
    : {
        ...common,
        opensAt: message.opensAt.getTime(),
        wait: durationOf(lostFactorPolicy.wait / 1000),
        isReminder: message.isReminder ? 'yes' : 'no',
        stopUrl: link(`/login/second/stop/${message.token}`),
      };
}
