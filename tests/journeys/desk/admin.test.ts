import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { clean } from '../../support/cleaning.ts';
import { caseAbout, decide, say, settled, staffOf } from '../../support/desk.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

async function admin(args: string, asOwner = true): Promise<string> {
  const { databaseUrl, ownerUrl } = house.stores;
  const owner = asOwner ? { MIGRATE_DATABASE_URL: ownerUrl } : {};
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    MIGRATE_DATABASE_URL: '',
    ...owner,
    NO_COLOR: '1',
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/admin.mjs', ...args.split(' ')], {
    env,
  });
  return stdout;
}

describe('on the server', () => {
  test('a role is given and taken, by the owner of the tables alone', async () => {
    const { who, username } = await memberOf(house);
    expect(await admin(`role ${username} moderator`)).toContain('set up a second step');
    expect((await who.get('/desk')).redirectedTo).toBe('/settings/second-factor');
    const ann = await memberOf(house);
    await ann.who.post('/report', { about: `person:${username}`, reason: 'insult', text: '' });
    expect(await admin('cases')).toContain(`role of  ${username}  insult`);
    expect(await admin(`role @${username.toUpperCase()} member`)).toContain('is member now');
    expect((await who.get('/desk')).status).toBe(404);
    await expect(admin(`role ${username} admin`, false)).rejects.toThrow('MIGRATE_DATABASE_URL');
    await expect(admin(`role ${username} king`)).rejects.toThrow('A role is one of');
    await expect(admin('role nobody_called_so admin')).rejects.toThrow('Nobody is called');
    await expect(admin('role')).rejects.toThrow('Usage');
  });

  test('an appeal is answered where everybody at the desk was part of the decision, and a seal is taken off', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const mika = await memberOf(house);
    const ann = await memberOf(house);
    await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: '' });
    const caseId = await caseAbout(house, await idOf(house, mika.username));
    await decide(desk, caseId, { act: 'ban' });
    await say(desk2, caseId, 'confirm', 'yes');
    await mika.who.signIn(mika.username, 'lantern-tandem-42');
    const decision = /name="decision" value="([^"]+)"/.exec((await mika.who.get('/appeal')).html)![1]!;
    await mika.who.post('/appeal', { decision, text: 'No.' });
    expect(await admin('cases')).toMatch(new RegExp(`${caseId}  answer`));
    await expect(admin(`answer ${caseId} yes`)).rejects.toThrow('Say why');
    await expect(admin(`answer ${caseId} maybe so`)).rejects.toThrow('Usage');
    await admin(`answer ${caseId} yes You wrote it three times.`);
    await expect(admin(`answer ${caseId} no`)).rejects.toThrow('No appeal');
    await settled(house);
    const told = house.outbox.to(`${mika.username}@example.com`).map(({ text }) => text);
    expect(told.some((text) => text.includes('You wrote it three times.'))).toBe(true);
    await expect(admin(`unseal ${caseId}`)).rejects.toThrow('No such case is sealed');
    await house.stores.sql('UPDATE "DeskCase" SET "sealedAt" = now() WHERE "id" = $1', [caseId]);
    expect(await admin(`unseal ${caseId}`)).toContain('npm run admin -- release');
  });

  test('somebody is the second person where the desk has one moderator', async () => {
    const desk = await staffOf(house);
    const bans: string[] = [];
    for (const answer of ['', ' no']) {
      const mika = await memberOf(house);
      const ann = await memberOf(house);
      await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: '' });
      const caseId = await caseAbout(house, await idOf(house, mika.username));
      await decide(desk, caseId, { act: 'ban' });
      expect(await admin('cases')).toContain(caseId);
      await admin(`confirm ${caseId}${answer}`);
      await expect(admin(`confirm ${caseId}`)).rejects.toThrow('No decision');
      await clean(house);
      bans.push((await visitor(house).signIn(mika.username, 'lantern-tandem-42')).redirectedTo!);
      const mails = house.outbox
        .to(`${mika.username}@example.com`)
        .filter(({ subject }) => subject?.includes('decided'));
      expect(mails).toHaveLength(answer === '' ? 1 : 0);
    }
    expect(bans).toEqual(['/suspended', '/people']);
    expect(await admin('cases')).toContain('Nothing waits');
    const year = await admin(`transparency ${house.clock.now().getUTCFullYear()}`);
    expect(year).toContain('insult: 4');
    expect(year).toMatch(
      /ban: 3, after a median of 0\.0 h; further ones in a case that was decided: 0; appealed: 1; taken back: 1/,
    );
    await expect(admin('transparency soon')).rejects.toThrow('Which year');
  });

  test('a lost app of somebody at the desk is taken off, and told; at the desk nobody waits for that', async () => {
    const { username, id } = await staffOf(house);
    const who = visitor(house);
    await who.signIn(username, 'lantern-tandem-42');
    expect((await who.get('/login/second/lost')).html).toContain('whoever runs the server');
    await who.post('/login/second/lost', {});
    expect(await house.stores.sql('SELECT FROM "LostFactor"')).toEqual([]);
    expect(await admin(`second-factor remove ${username}`)).toContain('is told');
    expect(await admin(`second-factor remove ${username}`)).toContain('had no second step');
    const removed = `SELECT "staffId", "personId" FROM "DeskAudit" WHERE "act" = 'factor-removed'`;
    expect(await house.stores.sql(removed)).toEqual([{ staffId: null, personId: id }]);
    expect((await visitor(house).signIn(username, 'lantern-tandem-42')).redirectedTo).toBe('/people');
    // The command has the server's clock, and not the test's.
    await house.stores.sql('UPDATE "SecurityEvent" SET "at" = $1 WHERE "noticeDue"', [house.clock.now()]);
    house.clock.pass(5 * 60_000);
    await settled(house);
    const told = () =>
      house.outbox
        .to(`${username}@example.com`)
        .some(({ subject }) => subject?.includes('second step is off'));
    for (let n = 0; n < 100 && !told(); n++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told()).toBe(true);
  });

  test('data is kept for a court, and let go', async () => {
    const { username } = await memberOf(house);
    const held = () =>
      house.stores.sql<{ held: boolean }>(
        'SELECT "heldAt" IS NOT NULL AS held FROM "User" WHERE "usernameKey" = $1',
        [username],
      );
    await admin(`hold ${username}`);
    expect(await held()).toEqual([{ held: true }]);
    await admin(`release ${username}`);
    expect(await held()).toEqual([{ held: false }]);
    const acts = await house.stores.sql<{ act: string }>(
      'SELECT "act" FROM "DeskAudit" WHERE "personId" = $1 ORDER BY "act"',
      [await idOf(house, username)],
    );
    expect(acts.map(({ act }) => act)).toEqual(['hold', 'release']);
  });

  test('a case of nobody gets its person, also of the desk, and loses one who was named by mistake', async () => {
    const desk = await staffOf(house);
    const wrong = await memberOf(house);
    const parent = visitor(house);
    await parent.get('/safety/report');
    await parent.post('/safety/report', { who: 'A blue hat', reason: 'insult', text: 'Look.', email: '' });
    const [{ id }] = (await house.stores.sql<{ id: string }>(
      `SELECT "id" FROM "DeskCase" WHERE "kind" = 'outside'`,
    )) as [{ id: string }];
    const row = async () =>
      (
        await house.stores.sql(
          'SELECT c."personId", r."personId" AS "reported" FROM "DeskCase" c JOIN "Report" r ON r."caseId" = c."id" WHERE c."id" = $1',
          [id],
        )
      )[0];
    await expect(admin(`unname ${id}`)).rejects.toThrow('Nobody was named');
    await desk.who.post(`/desk/cases/${id}/take`, {});
    await desk.who.post(`/desk/cases/${id}/name`, { username: wrong.username });
    await expect(admin(`name ${id} ${desk.username}`)).rejects.toThrow('No such case');
    expect(await admin(`unname ${id}`)).toContain('about nobody again');
    expect(await row()).toEqual({ personId: null, reported: null });
    await expect(admin(`unname ${id}`)).rejects.toThrow('Nobody was named');
    await house.stores.sql('UPDATE "DeskCase" SET "sealedAt" = now() WHERE "id" = $1', [id]);
    expect(await admin(`name ${id} @${desk.username}`)).toContain('about them now');
    expect(await row()).toEqual({ personId: desk.id, reported: desk.id });
    const held = await house.stores.sql('SELECT "heldAt" IS NOT NULL AS held FROM "User" WHERE "id" = $1', [
      desk.id,
    ]);
    expect(held).toEqual([{ held: true }]);
    await expect(admin(`unname ${id}`)).rejects.toThrow('sealed');
  });
});
