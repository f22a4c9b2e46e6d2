import type { Request, Response } from 'express';
import type { Hmac } from '../../../platform/keys.ts';
import { networkKey } from '../../../web/request/client-address.ts';
import { cookieOptions, hostCookie, readCookie } from '../../../web/request/cookies.ts';
import { deviceName } from '../../../web/request/device-name.ts';
import type { ClientInfo } from '../history/security-events.service.ts';
import { devicePolicy } from '../policy.ts';

export interface Clients {
  infoOf(req: Request): ClientInfo;
  deviceCookie(req: Request): string; // unchecked; '' when there is none
  rememberDevice(res: Response, cookie: string): void;
}

export function createClients(hmac: Hmac, secure: boolean): Clients {
  const name = hostCookie('device', secure);
  return {
    infoOf: (req) => ({
      device: deviceName(req.get('user-agent')),
      network: hmac.mac(networkKey(req.ip)).slice(0, 22), // 132 bits
    }),
    deviceCookie: (req) => readCookie(req, name),
    rememberDevice: (res, cookie) => {
      res.cookie(name, cookie, { ...cookieOptions(secure), maxAge: devicePolicy.lifetime });
    },
  };
}
