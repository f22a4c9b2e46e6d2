import { describe, expect, test } from '@jest/globals';
import { deskOf } from '../support/deciding.ts';
import { twoNodes } from '../support/nodes.ts';
import { asked } from '../support/stores.ts';

const nodes = await twoNodes();
const { stores } = nodes;
const { somebody, moderator, caseAbout } = deskOf(nodes);

const asSite = (text: string) => asked(stores.databaseUrl, text);
const refused = { code: '42501' };

describe('a new decision of the site', () => {
  /** Opened by the clock of the database. */
  async function newCase(personId: string): Promise<string> {
    const caseId = await caseAbout(personId);
    await stores.sql('UPDATE "DeskCase" SET "openedAt" = now() WHERE "id" = $1', [caseId]);
    return `'${caseId}'`;
  }
  const insert = (values: Record<string, string>) => {
    const all: Record<string, string> = {
      id: 'gen_random_uuid()',
      reason: `'insult'`,
      fact: `''`,
      at: 'now()',
      act: `'warn'`,
      needsSecond: 'FALSE',
      ...values,
    };
    const names = Object.keys(all).map((name) => `"${name}"`);
    return asSite(
      `INSERT INTO "DeskDecision" (${names.join(', ')}) VALUES (${Object.values(all).join(', ')})`,
    );
  };

  test('is by staff, about no staff, of a case, and with a second person where the law asks for one', async () => {
    const [desk, desk2, mika] = [await moderator(), await moderator(), await somebody()];
    const about = {
      caseId: await newCase(mika.id),
      personId: `'${mika.id}'`,
      decidedBy: `'${desk.id}'`,
    };
    for (const changes of [
      { decidedBy: `'${(await somebody()).id}'` },
      { personId: 'NULL' },
      { personId: 'gen_random_uuid()' },
      { at: `now() - interval '61 minutes'` },
      { act: `'suspend'`, untilAt: `now() + interval '367 days'` },
      { dateOfBirth: `'2001-01-01'` },
      { act: `'age'`, needsSecond: 'TRUE', dateOfBirth: `'2001-01-01'`, bornBefore: `'2002-01-01'` },
      { statementSentAt: 'now()' },
      { answer: `'No.'` },
      { decidedBy: 'gen_random_uuid()' },
      { personId: `'${desk2.id}'` },
      { caseId: 'gen_random_uuid()' },
      { act: `'ban'` },
      { act: `'age'` },
      { confirmedAt: 'now()' },
      { confirmedAt: 'now()', confirmedBy: `'${desk2.id}'` },
      { overturnedAt: 'now()' },
      { appealedAt: 'now()', appeal: `'No.'` },
      { answeredAt: 'now()' },
    ])
      await expect(insert({ ...about, ...changes })).rejects.toMatchObject(refused);
    await insert({ ...about, at: `now() - interval '59 minutes'` });
    await insert({ ...about, act: `'ban'`, needsSecond: 'TRUE' });
    await insert({ ...about, act: `'suspend'`, untilAt: `now() + interval '365 days'` });
    const born = { dateOfBirth: `'2001-01-01'`, bornBefore: `'1990-01-01'` };
    await insert({ ...about, ...born, act: `'age'`, needsSecond: 'TRUE' });
    // Whoever it is about may be gone in that moment, or was never here.
    const gone = await somebody();
    const caseId = await newCase(gone.id);
    await stores.sql('DELETE FROM "User" WHERE "id" = $1', [gone.id]);
    await insert({ ...about, caseId, personId: `'${gone.id}'`, act: `'dismiss'` });
    await stores.sql('UPDATE "DeskCase" SET "personId" = NULL');
    await insert({ ...about, caseId, personId: 'NULL', act: `'dismiss'` });
  });

  test('about somebody under 18 asks for a second person, whatever it is, and whenever it says that it was', async () => {
    const [desk, mika] = [await moderator(), await somebody()];
    const about = { caseId: await newCase(mika.id), personId: `'${mika.id}'`, decidedBy: `'${desk.id}'` };
    await stores.sql(`UPDATE "User" SET "dateOfBirth" = now() - interval '15 years' WHERE "id" = $1`, [
      mika.id,
    ]);
    for (const act of ['dismiss', 'remove', 'warn', 'limit', 'suspend'])
      for (const at of ['now()', `now() + interval '9 years'`])
        await expect(insert({ ...about, at, act: `'${act}'` })).rejects.toMatchObject(refused);
    await insert({ ...about, needsSecond: 'TRUE' });
  });
});
