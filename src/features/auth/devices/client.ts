import type { Request, Response } from 'express';
import type { Seal } from '../../../platform/keys.ts';
import { networkKey } from '../../../web/request/client-address.ts';
import { cookieOptions, hostCookie, readCookie } from '../../../web/request/cookies.ts';
import { deviceName } from '../../../web/request/device-name.ts';
import type { Whence } from '../history/security-events.service.ts';
import { devicePolicy } from '../policy.ts';

/** What a request says of the device behind it. */
export interface Clients {
  whence(req: Request): Whence;
  /** The device's cookie as it came, unchecked; '' when there is none. */
  deviceCookie(req: Request): string;
  rememberDevice(res: Response, cookie: string): void;
}

/** `secure`: whether the site is https. */
export const createClients = (seal: Seal, secure: boolean): Clients => {
  const name = hostCookie('device', secure);
  return {
    whence: (req) => ({
      device: deviceName(req.get('user-agent')),
      // 132 bits.
      network: seal.mac(networkKey(req.ip)).slice(0, 22),
    }),
    deviceCookie: (req) => readCookie(req, name),
    rememberDevice: (res, cookie) => {
      res.cookie(name, cookie, { ...cookieOptions(secure), maxAge: devicePolicy.lifetime });
    },
  };
};
