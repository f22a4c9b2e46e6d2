import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { routesOfApp } from '../../../src/web/routes.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { drawn, jpegOf } from '../../support/pictures.ts';
import { become, between, give } from '../../support/relations.ts';
import { answerTo, surfaces } from '../../support/surfaces.ts';
import { settled, upload } from '../../support/uploading.ts';
import { visitor } from '../../support/visitor.ts';
import {
  type Act,
  acts,
  expectedOf,
  missing,
  missingRelations,
  relations,
  states,
} from '../../support/who-may-what.ts';

const house = await houseOfThisFile();

let pictures: { kind: string; files: string[] }[];
beforeAll(async () => {
  const painter = visitor(house);
  const { username } = await painter.signUp();
  await painter.get('/settings/photos');
  await upload(painter, 'avatar', await drawn(300, 300).jpeg().toBuffer());
  await upload(painter, 'photo', await jpegOf(20, 20), { alt: 'A hat' });
  pictures = (await settled(house, username)).map(({ kind, mediaKey }) => ({
    kind,
    files: [`${mediaKey}.${kind === 'avatar' ? 'avatar-64' : 'photo-512'}.webp`],
  }));
});

const open = acts.filter((act) => surfaces[act]);
const related = relations.filter((relation) => !missingRelations[relation]);

describe.each(related)('%s', (relation) => {
  test.each(relation === 'nobody' ? (['left'] as const) : states)('%s', async (state) => {
    const pair = await between(house, relation);
    const media =
      relation === 'nobody'
        ? [`${'A'.repeat(22)}.avatar-64.webp`]
        : await give(house, pair.other.id, pictures);
    if (relation !== 'nobody') await become(house, pair.other.id, state);
    const [found, expected]: Partial<Record<Act, string>>[] = [{}, {}];
    for (const act of open) {
      found[act] = await answerTo(act, { ...pair, media });
      expected[act] = expectedOf(act, relation, state);
    }
    expect(found).toEqual(expected);
  });
});

describe('every cell has a surface, or waits for one:', () => {
  const routes = routesOfApp(house.house.app).map(({ path }) => path.replace(/^\/api\/v1/, ''));

  test.each(acts)('%s', (act) => {
    expect([act in surfaces, act in missing]).toEqual([act in surfaces, !(act in surfaces)]);
    const [surface, still] = [surfaces[act], missing[act]];
    if (surface) expect(routes).toContain(surface.route);
    // Whoever brought this surface adds it to tests/support/surfaces.ts, and takes it from what is missing.
    if (still) expect(routes.filter((path) => still.test(path))).toEqual([]);
  });

  test('live presence', () => expect(existsSync('src/live')).toBe(false));

  test.each(Object.entries(missingRelations))('%s', async (_, column) => {
    const columns = await house.stores.sql(
      `SELECT FROM information_schema.columns WHERE table_name = 'User' AND column_name = $1`,
      [column],
    );
    expect(columns).toEqual([]);
  });

  test('no answer is spelled in a way that no surface gives', () => {
    const words = new Set(
      acts.flatMap((act) =>
        relations.flatMap((relation) => states.map((state) => expectedOf(act, relation, state))),
      ),
    );
    const known = '- seen found named asking former new theirs may closed over shown person conversation';
    expect([...words].toSorted()).toEqual(known.split(' ').toSorted());
  });
});
