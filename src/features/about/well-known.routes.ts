import { Router } from 'express';
import { type Clock, days, later } from '../../kernel/clock.ts';
import type { Operator } from '../../kernel/operator.ts';
import { onlyMethods } from '../../web/request/methods.ts';
import { securityTxtLifetime } from './policy.ts';

interface WellKnownDeps {
  operator: Operator;
  publicUrl: URL;
  clock: Clock;
}

/** RFC 9116. It ends by the day, so that all who ask on one day read the same. */
function securityTxt({ operator, publicUrl, clock }: WellKnownDeps): string {
  const now = clock.now();
  const today = new Date(now.getTime() - (now.getTime() % days(1)));
  const fields = {
    Contact: operator.securityContact,
    Expires: later(today, securityTxtLifetime).toISOString().replace('.000', ''),
    'Preferred-Languages': 'en',
    Canonical: new URL('/.well-known/security.txt', publicUrl).href,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

export function wellKnownRoutes(deps: WellKnownDeps): Router {
  const router = Router();
  router.get('/.well-known/security.txt', (_req, res) => res.type('text/plain').send(securityTxt(deps)));
  router.all('/.well-known/security.txt', onlyMethods('GET'));
  // For password managers: https://w3c.github.io/webappsec-change-password-url/
  router.get('/.well-known/change-password', (_req, res) => res.redirect(303, '/settings/password'));
  router.all('/.well-known/change-password', onlyMethods('GET'));
  return router;
}
