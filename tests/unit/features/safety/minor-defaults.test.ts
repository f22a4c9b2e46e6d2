import { describe, expect, test } from '@jest/globals';
import { defaultsByBand } from '../../../../src/features/safety/minor-defaults.ts';
import { ageBands, isMinor } from '../../../../src/kernel/age-band.ts';

describe('law, people and their safety, rules for minors: by default under 18', () => {
  test.each(ageBands.filter(isMinor))(
    '%s: findable by matches only, presence and receipts off, whoMayWrite = `matches`, no front page, no push between 22 and 7, relay-only calls, no outside engines',
    (band) =>
      expect(defaultsByBand[band]).toEqual({
        findable: 'matches',
        whoMayWrite: 'matches',
        presence: false,
        receipts: false,
        frontPage: false,
        relayOnly: true,
        outsideEngines: false,
        pushRests: { from: 22, until: 7 },
      }),
  );
});

test('who is 18 or over is found by and hears from their band; what shows them to visitors or hands out their words waits for their yes', () => {
  expect(defaultsByBand['18-over']).toEqual({
    findable: 'band',
    whoMayWrite: 'band',
    presence: true,
    receipts: true,
    frontPage: false,
    relayOnly: false,
    outsideEngines: false,
    pushRests: null,
  });
});
