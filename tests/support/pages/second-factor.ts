import { secondFactorPage, setUpPage } from '../../../src/features/auth/second-factor/second-factor.page.ts';
import { asked, changePage } from '../../../src/features/auth/second-factor/second-factor.page.ts';
import { lostFactorPage, secondStepPage } from '../../../src/features/auth/second-factor/second-step.page.ts';
import type { Run } from '../../../src/features/auth/second-factor/second-step.ts';
import { later, hours } from '../../../src/kernel/clock.ts';
import { durationOf } from '../../../src/kernel/duration.ts';
import { message, shownMoment } from '../../../src/kernel/message.ts';
import type { CataloguePage } from './types.ts';

const now = new Date(Date.UTC(2026, 10, 25, 14, 3));
const run: Run = {
  id: '019ab0c1-0000-7000-8000-000000000001',
  userId: '019ab0c1-0000-7000-8000-000000000002',
  username: 'lena.m',
  securityVersion: 0,
  ofDevice: false,
  triesLeft: 5,
  isStaff: false,
  lost: null,
};
const waits = { ...run, lost: { beganAt: now, opensAt: later(now, hours(72)) } };
const open = { ...run, lost: { beganAt: later(now, -hours(80)), opensAt: later(now, -hours(8)) } };

function step(name: string, model: CataloguePage['model'], view = 'auth/second-step'): CataloguePage {
  return { name, view, model, site: { path: '/login/second' } };
}
function setting(name: string, view: string, model: CataloguePage['model']): CataloguePage {
  return { name, view: `settings/${view}`, model, signedIn: true, site: { path: '/settings/second-factor' } };
}

const key = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const offer = { key, address: `otpauth://totp/ChatLink:lena.m?secret=${key}&issuer=ChatLink` };
const state = { setUpAt: now, codesLeft: 10, isStaff: false, lost: null };
const codes = Array.from({ length: 10 }, (_, n) => `7Q2M9XKD4TBWH3Z${'0123456789'[n]}`);

export const secondFactorPages: CataloguePage[] = [
  step('second-step', secondStepPage(run, now)),
  step(
    'second-step-wrong',
    secondStepPage(run, now, [{ name: 'code', text: message('auth.secondStep.wrong', { count: 1 }) }]),
  ),
  step(
    'second-step-locked',
    secondStepPage(run, now, [
      { name: '', text: message('auth.secondStep.tooOften', { wait: durationOf(1800) }) },
    ]),
  ),
  step('second-step-after-the-wait', secondStepPage(open, now)),
  step('lost-factor', lostFactorPage(run, now), 'auth/lost-factor'),
  step('lost-factor-waits', lostFactorPage(waits, now), 'auth/lost-factor'),
  step('lost-factor-staff', lostFactorPage({ ...run, isStaff: true }, now), 'auth/lost-factor'),
  step('lost-factor-open', lostFactorPage(open, now), 'auth/lost-factor'),
  {
    name: 'stop-waiting',
    view: 'auth/stop-waiting',
    model: {
      title: message('auth.stopWaiting.title'),
      action: '/login/second/stop/abcdefghijklmnopqrstuvwxyz012345',
      username: 'lena.m',
      opensAt: shownMoment(waits.lost.opensAt),
      form: { errors: [] },
    },
    site: { path: '/login/second/stop/abcdefghijklmnopqrstuvwxyz012345' },
  },
  setting('second-factor-set-up', 'second-factor-set-up', setUpPage(offer)),
  setting(
    'second-factor-set-up-errors',
    'second-factor-set-up',
    setUpPage(offer, {
      errors: [
        { name: 'code', text: message('auth.secondFactor.code.wrong') },
        { name: 'currentPassword', text: message('auth.password.current.wrong') },
      ],
    }),
  ),
  setting('second-factor', 'second-factor', secondFactorPage(state, null)),
  setting('second-factor-staff', 'second-factor', secondFactorPage({ ...state, isStaff: true }, null)),
  setting('second-factor-codes', 'second-factor', secondFactorPage(state, codes)),
  setting(
    'second-factor-few-codes',
    'second-factor',
    secondFactorPage(
      { ...state, codesLeft: 1, isStaff: false, lost: { since: now, opensAt: later(now, hours(72)) } },
      null,
    ),
  ),
  setting('second-factor-renew', 'second-factor-change', changePage(asked.recovery)),
  setting(
    'second-factor-remove',
    'second-factor-change',
    changePage(asked.remove, [{ name: 'currentPassword', text: message('auth.password.current.wrong') }]),
  ),
];
