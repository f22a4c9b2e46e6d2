import { describe, expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { runTimer } from '../../support/cleaning.ts';
import { type Member, memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { languagePairs } from '../../support/language-pairs.ts';
import { together } from '../../support/many.ts';
import { block } from '../../support/pairs.ts';
import { idOf } from '../../support/relations.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const nextPair = languagePairs();
async function waiting() {
  const [speak, learn] = nextPair();
  const ann = await memberOf(house, { nativeLanguage: speak, learningLanguages: [learn] });
  return {
    ann,
    speak,
    learn,
    matchOf: () => memberOf(house, { nativeLanguage: learn, learningLanguages: [speak] }),
  };
}
const mailsTo = ({ username }: Member) =>
  house.outbox
    .to(`${username}@example.com`)
    .filter(({ subject }) => subject?.startsWith('Somebody who speaks'));
const stillAsked = async ({ username }: Member) =>
  (await house.stores.sql('SELECT FROM "PartnerAlert" WHERE "userId" = $1', [await idOf(house, username)]))
    .length;

const look = () => runTimer(house, 'alerts');

describe('one email when somebody is here who fits', () => {
  test('is asked for where nobody does, sent once, and names nobody', async () => {
    const { ann, speak, learn, matchOf } = await waiting();
    expect(textOf((await ann.who.get('/people')).html)).toContain('Tell me when somebody joins');
    expect((await ann.who.post('/people/tell-me', { speak, learn })).redirectedTo).toBe(
      `/people?learn=${learn}`,
    );
    expect(textOf((await ann.who.get('/people')).html)).toContain("We'll write to you once somebody is here");
    await look();
    expect(mailsTo(ann)).toEqual([]);
    const { username } = await matchOf();
    await look();
    await look();
    expect(mailsTo(ann)).toHaveLength(1);
    expect(mailsTo(ann)[0]!.text).toContain(`/people?learn=${learn}`);
    expect(mailsTo(ann)[0]!.text).not.toContain(username);
    expect(await stillAsked(ann)).toBe(0);
  });

  test('is taken back by one press', async () => {
    const { ann, speak, learn, matchOf } = await waiting();
    await ann.who.post('/people/tell-me', { speak, learn });
    await ann.who.post('/people/tell-me/withdraw', { speak, learn });
    await matchOf();
    await look();
    expect(mailsTo(ann)).toEqual([]);
  });

  test('does not come of whom one may not see', async () => {
    const { ann, speak, learn, matchOf } = await waiting();
    await ann.who.post('/people/tell-me', { speak, learn });
    const ben = await matchOf();
    await block(
      house.stores,
      await idOf(house, ben.username),
      await idOf(house, ann.username),
      house.clock.now(),
    );
    await look();
    expect([mailsTo(ann), await stillAsked(ann)]).toEqual([[], 1]);
  });

  test('is asked for once by fifty presses, by page and by program', async () => {
    const { ann, speak, learn } = await waiting();
    await together(20, () => ann.who.post('/people/tell-me', { speak, learn }));
    await together(5, () => new ApiClient(ann.who).post('/people/tell-me', { speak, learn }));
    expect(await stillAsked(ann)).toBe(1);
  });

  test("needs an address, and languages of one's own", async () => {
    const who = visitor(house);
    const { username } = await who.signUp({
      nativeLanguage: 'tg',
      learningLanguages: ['uz'],
      ...byMobile(newMobile()),
    });
    const api = new ApiClient(who);
    expect((await api.post('/people/tell-me', { speak: 'tg', learn: 'uz' })).body).toMatchObject({
      reason: 'no-email',
    });
    expect((await who.post('/people/tell-me', { speak: 'tg', learn: 'uz' })).redirectedTo).toBe(
      '/people?learn=uz',
    );
    expect(textOf((await who.get('/people')).html)).toContain('Add an address under Settings');
    expect(await stillAsked({ who, username })).toBe(0);
    const { ann } = await waiting();
    expect(
      (await new ApiClient(ann.who).post('/people/tell-me', { speak: 'tg', learn: 'uz' })).body,
    ).toMatchObject({
      reason: 'not-yours',
    });
    expect(
      (await new ApiClient(ann.who).post('/people/tell-me', { speak: 'tg', learn: 'klingon' })).status,
    ).toBe(422);
  });
});
