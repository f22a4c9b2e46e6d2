import { ApiClient } from '../api.ts';
import type { FeatureFacts } from '../features.ts';
import type { Fields, Visitor } from '../visitor.ts';

const pair = { speak: 'de', learn: 'es' };

/** Of the person's own languages, as the page of their profile has them in the API. */
async function pairOf(who: Visitor): Promise<Fields> {
  const { body } = await new ApiClient(who).get('/profile');
  const languages = body.languages as { code: string; role: string }[];
  const first = (role: string): string => languages.find((one) => one.role === role)!.code;
  return { speak: first('native'), learn: first('learning') };
}

export const facts: FeatureFacts = {
  memberRoutes: () => [
    { method: 'get', route: '/people', path: '/people' },
    { method: 'post', route: '/people/tell-me', path: '/people/tell-me', fields: pair },
    { method: 'post', route: '/people/tell-me/withdraw', path: '/people/tell-me/withdraw', fields: pair },
    { method: 'get', route: '/welcome', path: '/welcome' },
    { method: 'post', route: '/welcome/picture', path: '/welcome/picture' },
    { method: 'post', route: '/welcome/words', path: '/welcome/words', fields: { bio: 'Hello' } },
    { method: 'post', route: '/welcome/levels', path: '/welcome/levels', fields: { levels: ['B1'] } },
    { method: 'post', route: '/welcome/skip', path: '/welcome/skip', fields: { step: 'picture' } },
  ],
  leaveTraces: async (who) => {
    await who.get('/people');
    await who.post('/people/tell-me', await pairOf(who));
  },
  checks: { PersonActivity: ['shown_range', 'utcOffset_range'] },
};
