import type { Request, Response } from 'express';
import type { Hmac } from '../../../platform/keys.ts';
import type { Caller } from '../../../web/act.ts';
import { networkKey } from '../../../web/request/client-address.ts';
import { cookieOptions, findCookie, hostCookie, readCookie } from '../../../web/request/cookies.ts';
import { deviceName } from '../../../web/request/device-name.ts';
import type { ClientInfo } from '../history/security-events.service.ts';
import { devicePolicy } from '../policy.ts';
import { deviceNames } from './devices.ts';

export interface Clients {
  infoOf(req: Request): ClientInfo;
  from(caller: Pick<Caller, 'address' | 'userAgent'>): ClientInfo;
  deviceCookie(req: Request): string; // unchecked; '' when there is none
  /** What the device is called for each account that signed in there; whoever wants none has none. */
  devicesOf(caller: Pick<Caller, 'cookies'>): string[];
  rememberDevice(res: Response, cookie: string): void;
}

export function createClients(hmac: Hmac, secure: boolean): Clients {
  const name = hostCookie('device', secure);
  const from: Clients['from'] = ({ address, userAgent }) => ({
    device: deviceName(userAgent),
    network: hmac.mac(networkKey(address)).slice(0, 22), // 132 bits
  });
  return {
    infoOf: (req) => from({ address: req.ip, userAgent: req.get('user-agent') }),
    from,
    deviceCookie: (req) => readCookie(req, name),
    devicesOf: ({ cookies }) => deviceNames(findCookie(cookies, name)),
    rememberDevice: (res, cookie) => {
      res.cookie(name, cookie, { ...cookieOptions(secure), maxAge: devicePolicy.lifetime });
    },
  };
}
