import { ApiClient } from '../api.ts';
import type { FeatureFacts, MemberRoute } from '../features.ts';

const blockId = '0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42';

export const facts: FeatureFacts = {
  memberRoutes: ({ username }) => [
    { method: 'get', route: '/people/:username/block', path: `/people/${username}/block` },
    ...['block', 'hide', 'unhide'].map(
      (what): MemberRoute => ({
        method: 'post',
        route: `/people/:username/${what}`,
        path: `/people/${username}/${what}`,
      }),
    ),
    { method: 'get', route: '/settings/blocked', path: '/settings/blocked' },
    {
      method: 'get',
      route: '/settings/blocked/:id/unblock',
      path: `/settings/blocked/${blockId}/unblock`,
    },
    {
      method: 'post',
      route: '/settings/blocked/:id/unblock',
      path: `/settings/blocked/${blockId}/unblock`,
    },
    { method: 'get', route: '/settings/privacy', path: '/settings/privacy' },
    {
      method: 'post',
      route: '/settings/privacy',
      path: '/settings/privacy',
      fields: {
        visibility: 'nobody',
        findable: 'nobody',
        whoMayWrite: 'nobody',
        presence: 'on',
        receipts: 'on',
      },
    },
  ],
  checks: { Block: ['somebody_else'], HiddenPerson: ['somebody_else'], Partner: ['in_order'] },
  /** They block one person and hide another, who hides and blocks them. */
  async leaveTraces(who) {
    const [ben, cleo] = [who.another(), who.another()];
    const [bens, cleos] = [await ben.signUp(), await cleo.signUp()];
    const { username } = (await new ApiClient(who).get('/profile')).body;
    await who.post(`/people/${cleos.username}/hide`);
    await cleo.post(`/people/${String(username)}/hide`);
    // Whoever was blocked by somebody does not see them any more, and so has to block first.
    await who.post(`/people/${bens.username}/block`);
    await cleo.post(`/people/${String(username)}/block`);
  },
};
