import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import {
  internationalSpellings,
  maskPhone,
  numbersMeant,
  parsePhone,
} from '../../../src/kernel/phone-number.ts';
import { plainTyped } from '../../../src/kernel/text/typed.ts';
import { hostile } from './hostile.ts';

const digits = '+ + 00 0 (0) ( ) +49 +1 +39 1512 3456789 415 5552671 12 7 ＋ ４９ ٤٩ ¹ ① ½';
const others = '- . / ~ # * , ; x ext. ;ext=5 доб @';
const unseen = '\0\t\n \u00a0\u2011\u2060\u200b\u202d\ufeff\udfff\ud800'.split('');
const fragments = [...`${digits} ${others}`.split(' '), ...unseen];
const country = fc.constantFrom(...getCountries());
const plans = getCountries().flatMap((code) => getExampleNumber(code, examples) ?? []);

/** A valid mobile number of any plan: its example with other digits at its end. */
const mobile = fc
  .tuple(fc.constantFrom(...plans), fc.stringMatching(/^[0-9]{3}$/))
  .map(([example, end]) => ({
    e164: example.number.slice(0, -3) + end,
    calling: example.countryCallingCode,
    national: example.nationalNumber.slice(0, -3) + end,
  }))
  .filter(({ e164 }) => parsePhone(e164)?.mobile === true);
const typed = fc.oneof(
  hostile(fragments),
  fc.tuple(mobile, hostile(fragments)).map(([{ e164 }, end]) => e164 + end),
  fc.stringMatching(/^(\+|00)[1-9][0-9]{5,16}$/),
);

test('an accepted number is written in one way, and reading that again changes nothing', () => {
  fc.assert(
    fc.property(typed, fc.option(country, { nil: undefined }), (text, home) => {
      const phone = parsePhone(text, home);
      if (!phone) return;
      expect(text.normalize('NFKC')).not.toMatch(/[a-z]/i);
      expect(parsePhone(phone.e164)).toEqual(phone);
      expect(parsePhone(phone.e164, home)).toEqual(phone);
      // Some plans have service numbers shorter or longer than E.164 allows, but no mobiles.
      expect(phone.e164).toMatch(phone.mobile ? /^\+[1-9][0-9]{6,14}$/ : /^\+[1-9][0-9]+$/);
    }),
    { numRuns: 3_000 },
  );
});

function wide(text: string) {
  return text.replace(/[+0-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
}

test('every usual spelling of a number is the same number, wherever its writer sits', () => {
  const gap = fc.constantFrom('', '', ' ', '-', '.', '/', '\u00a0', '\u2011');
  const style = fc.record({
    plus: fc.constantFrom('+', '00', '+ ', '00 '),
    trunk: fc.constantFrom('', ' ', '-', '(0)', ' (0) '),
    area: fc.nat(4),
    gaps: fc.array(gap, { minLength: 13, maxLength: 13 }),
    written: fc.constantFrom(wide, (text: string) => ` ${text}\n`, String),
  });
  fc.assert(
    fc.property(mobile, style, country, ({ e164, calling, national }, how, home) => {
      const area = national.slice(0, how.area);
      const rest = national.slice(how.area).replace(/./g, (digit, i: number) => how.gaps[i] + digit);
      const text = `${how.plus}${calling}${how.trunk}${how.area > 1 ? `(${area})` : area}${rest}`;
      expect(parsePhone(how.written(text), home)?.e164).toBe(e164);
    }),
    { numRuns: 2_000 },
  );
});

test('a mask shows the country code and two digits, whatever the number', () => {
  fc.assert(
    fc.property(mobile, ({ e164, calling }) => {
      expect(maskPhone(e164)).toBe(`+${calling} ••• ••• ${e164.slice(-2)}`);
    }),
    { numRuns: 1_000 },
  );
});

test('a number written without its country code is among its possible spellings', () => {
  fc.assert(
    fc.property(mobile, fc.constantFrom('', '0', '8', '06'), ({ e164, national }, trunk) => {
      // Left out: numbers of four digits, and national spellings that would be longer than any number.
      fc.pre(national.length > 4 && trunk.length + national.length <= 15);
      expect(internationalSpellings(trunk + national)).toContain(e164);
    }),
    { numRuns: 1_000 },
  );
});

test('possible spellings are different numbers that all end with what was typed', () => {
  fc.assert(
    fc.property(fc.oneof(typed, fc.stringMatching(/^[0-9 ()-]{1,20}$/)), (text) => {
      const spellings = internationalSpellings(text);
      const digits = plainTyped(text)
        // "+44 (0)20": nobody dials that zero.
        .replace(/(?<=\d[\s.-]*)\(0\)/, '')
        .replace(/[^0-9]/g, '');
      expect(new Set(spellings).size).toBe(spellings.length);
      // Before the last six digits (after Argentina's 15), or all but two, a trunk or a country's mark may come or go.
      const odd = spellings.filter(
        (one) => !/^\+[1-9][0-9]{6,14}$/.test(one) || !one.endsWith(digits.slice(2).slice(-6)),
      );
      expect(odd).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

function home(example: (typeof plans)[number]) {
  return example.country!;
}

test("a mobile of any country is read as its people write it, with a country code but no plus, and in any script's digits", () => {
  const arabic = (text: string) => text.replace(/[0-9]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)));
  for (const example of plans) {
    const { number, countryCallingCode, nationalNumber } = example;
    const ways = [example.formatNational(), `${countryCallingCode} ${nationalNumber}`];
    for (const way of ways)
      for (const text of [way, arabic(way), `\u202a${way}\u202c`])
        expect([text, parsePhone(text, home(example))?.e164]).toEqual([text, number]);
  }
});

test('and somebody who signs in so is found', () => {
  // Numbers of four digits are nobody's.
  for (const example of plans.filter(({ nationalNumber }) => nationalNumber.length > 4)) {
    const { number, countryCallingCode, nationalNumber } = example;
    for (const way of [example.formatNational(), `${countryCallingCode} ${nationalNumber}`, number])
      expect([way, numbersMeant(way).includes(number)]).toEqual([way, true]);
  }
});
