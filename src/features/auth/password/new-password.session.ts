import type { Request, Response } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import type { BannedTraces } from '../bans/banned-traces.service.ts';
import type { Clients } from '../devices/client.ts';
import type { Devices } from '../devices/devices.ts';
import type { Sessions } from '../sessions/sessions.service.ts';

interface NewPasswordDeps {
  clients: Clients;
  devices: Devices;
  bans: Pick<BannedTraces, 'noteDevice'>;
  sessions: Sessions;
  clock: Clock;
}

/** Remembers the device and clears away what the old password opened. */
export type AfterNewPassword = (
  req: Request,
  res: Response,
  account: { id: string; securityVersion: number },
) => Promise<void>;

export function createAfterNewPassword({
  clients,
  devices,
  bans,
  sessions,
  clock,
}: NewPasswordDeps): AfterNewPassword {
  return async (req, res, account) => {
    const cookie = devices.remember(clients.deviceCookie(req), account, clock.now());
    await bans.noteDevice(account, cookie);
    clients.rememberDevice(res, cookie);
    await sessions.clear(account.id, account.securityVersion);
  };
}
