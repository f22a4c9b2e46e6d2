import { blockedPage, blockPage, unblockPage } from '../../../src/features/safety/blocks/blocks.page.ts';
import { privacyPage } from '../../../src/features/safety/privacy-settings/privacy-settings.page.ts';
import { message } from '../../../src/kernel/message.ts';
import type { CataloguePage } from './types.ts';

const longest = 'wolfeschlegelsteinhausenberger';
const id = '0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42';
const at = new Date('2026-11-25T14:03:00.000Z');
const blocks = ['lena.m', longest, 'samir'].map((username) => ({ id, username, at }));

function question(name: string, username: string): CataloguePage {
  return {
    name: `block-${name}`,
    view: 'safety/block',
    model: blockPage(username),
    signedIn: true,
    site: { path: `/people/${username}/block` },
  };
}

function unblock(name: string, username: string): CataloguePage {
  return {
    name: `unblock-${name}`,
    view: 'settings/unblock',
    model: unblockPage({ id, username, at }),
    signedIn: true,
    site: { path: `/settings/blocked/${id}/unblock` },
  };
}

function blocked(
  name: string,
  page: Parameters<typeof blockedPage>[0],
  site: CataloguePage['site'] = {},
): CataloguePage {
  return {
    name: `blocked-${name}`,
    view: 'settings/blocked',
    model: blockedPage(page),
    signedIn: true,
    site: { path: '/settings/blocked', ...site },
  };
}

function privacy(
  name: string,
  state: Partial<Parameters<typeof privacyPage>[0]>,
  site: CataloguePage['site'] = {},
): CataloguePage {
  const values = {
    visibility: 'members',
    findable: 'matches',
    whoMayWrite: 'nobody',
    presence: 'on',
    receipts: 'off',
    shown: '',
  };
  return {
    name: `privacy-settings-${name}`,
    view: 'settings/privacy',
    model: privacyPage({ values, isMinor: false, ...state }),
    signedIn: true,
    site: { path: '/settings/privacy', ...site },
  };
}

export const blockPages: CataloguePage[] = [
  question('somebody', 'lena.m'),
  question('long-name', longest),
  unblock('somebody', 'lena.m'),
  unblock('long-name', longest),
  blocked('nobody', { items: [], next: null }),
  blocked(
    'three',
    { items: blocks, next: null },
    { flash: { kind: 'success', text: message('safety.unblock.done', { username: 'mika' }) } },
  ),
  blocked('more', { items: blocks, next: { id, at } }),
];

export const privacySettingsPages: CataloguePage[] = [
  privacy('grown-up', {}, { flash: { kind: 'success', text: message('safety.privacy.saved') } }),
  privacy('minor', { isMinor: true }),
  privacy('error', { errors: [{ name: 'whoMayWrite', text: message('safety.privacy.error') }] }),
  privacy('expired', { errors: [{ name: '', text: message('web.expired.notSent') }] }),
];
