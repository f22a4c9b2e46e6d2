import type { Request, Response } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import type { Clients } from '../devices/client.ts';
import type { Devices } from '../devices/devices.ts';
import type { Sessions } from '../sessions/sessions.service.ts';

interface NewPasswordDeps {
  clients: Clients;
  devices: Devices;
  sessions: Sessions;
  clock: Clock;
}

/**
 * What follows a new password in the browser that set it: it is no stranger at the door that the password opens, and
 * what the old one had opened is cleared away.
 */
export type AfterNewPassword = (
  req: Request,
  res: Response,
  account: { id: string; securityVersion: number },
) => Promise<void>;

export function createAfterNewPassword({
  clients,
  devices,
  sessions,
  clock,
}: NewPasswordDeps): AfterNewPassword {
  return async (req, res, account) => {
    clients.rememberDevice(res, devices.remember(clients.deviceCookie(req), account, clock.now()));
    await sessions.clear(account.id, account.securityVersion);
  };
}
