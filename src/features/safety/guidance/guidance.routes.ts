import { Router } from 'express';
import { message } from '../../../kernel/message.ts';
import type { Operator } from '../../../kernel/operator.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import type { FooterLink } from '../../../web/views/footer.ts';
import type { NavItem } from '../../../web/views/nav.ts';
import { rulesPage, safetyPage } from './guidance.page.ts';

export const guidanceNav: readonly NavItem[] = [
  { to: 'visitors', order: 5, label: message('safety.nav.safety'), path: '/safety' },
  {
    to: 'members',
    order: 90,
    label: message('safety.nav.safety'),
    path: '/safety',
    icon: 'shield',
    onlyWide: true,
  },
];

export const guidanceFooter: readonly FooterLink[] = [
  { group: 'conduct', label: message('safety.footer.safety'), path: '/safety' },
  { group: 'conduct', label: message('safety.footer.rules'), path: '/rules' },
  { group: 'conduct', label: message('safety.footer.report'), path: '/safety#report' },
];

/** What keeps people safe, and what everybody keeps to. */
export function guidanceRoutes(operator: Operator): Router {
  const router = Router();
  router.get('/safety', (_req, res) => res.render('safety/guidance/safety', safetyPage(operator)));
  router.get('/rules', (_req, res) => res.render('safety/guidance/rules', rulesPage(operator)));
  for (const path of ['/safety', '/rules']) router.all(path, onlyMethods('GET'));
  return router;
}
