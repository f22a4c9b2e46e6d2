import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { byPath } from './by-path.ts';

const permissions = ['camera', 'geolocation', 'microphone', 'payment', 'usb', 'browsing-topics'] as const;
type Permission = (typeof permissions)[number];

/** By the path of a page. */
export type Opened = Readonly<Record<string, readonly Permission[]>>;

/** What a page doesn't use, whoever takes it over doesn't use either. */
function policyOf(opened: readonly Permission[]): string {
  return permissions.map((name) => `${name}=(${opened.includes(name) ? 'self' : ''})`).join(', ');
}

type Headers = [name: string, value: string][];

function setBy(middleware: ReturnType<typeof helmet>): Headers {
  const headers: Headers = [];
  const res = {
    setHeader: (name: string, value: string) => headers.push([name, value]),
    removeHeader: () => {},
  };
  middleware({} as IncomingMessage, res as unknown as ServerResponse, (err) => {
    if (err) throw err;
  });
  return headers;
}

/** CSP without `unsafe-*`; `data:` is for Pico's form controls. */
export function securityHeaders(https: boolean, opened: Opened = {}): RequestHandler {
  const headers = setBy(helmetFor(https));
  headers.push(
    ['Permissions-Policy', policyOf([])],
    // Pages are made for one visitor; hashed files set their own.
    ['Cache-Control', 'no-store'],
  );
  const policies = Object.entries(opened).map(([path, names]) => [path, policyOf(names)] as const);
  const policyFor = policies.length > 0 ? byPath(Object.fromEntries(policies)) : null;
  return ({ path }, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    const policy = policyFor?.(path);
    if (policy) res.setHeader('Permissions-Policy', policy);
    next();
  };
}

function helmetFor(https: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // `no-referrer` would make browsers send `Origin: null` with our forms.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    xFrameOptions: { action: 'deny' },
  });
}
