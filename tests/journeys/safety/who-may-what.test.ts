import { describe, expect, test } from '@jest/globals';
import { routesOfApp } from '../../../src/web/routes.ts';
import { give } from '../../support/given-pictures.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { become, between } from '../../support/relations.ts';
import { answerTo, surfaces } from '../../support/surfaces.ts';
import { type Act, acts, expectedOf, missing, relations, states } from '../../support/who-may-what.ts';

const house = await houseOfThisFile();

/** Writing comes last: it may make partners of the two. */
const open = acts
  .filter((act) => surfaces[act])
  .toSorted((a, b) => Number(a === 'write') - Number(b === 'write'));

describe.each(relations)('%s', (relation) => {
  test.each(relation === 'nobody' ? (['left'] as const) : states)('%s', async (state) => {
    const pair = await between(house, relation);
    const media =
      relation === 'nobody' ? [`${'A'.repeat(22)}.avatar-64.webp`] : (await give(house, pair.other.id)).keys;
    if (relation !== 'nobody') await become(house, pair.other.id, state);
    // Between the bands another default stands for whoever has not chosen.
    await house.stores.sql(`UPDATE "User" SET "presence" = TRUE`);
    const found: Partial<Record<Act, string>> = {};
    const expected: Partial<Record<Act, string>> = {};
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
