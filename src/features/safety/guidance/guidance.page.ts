import { lasting } from '../../../kernel/duration.ts';
import { message, named } from '../../../kernel/message.ts';
import type { Operator } from '../../../kernel/operator.ts';
import { minimumAge } from '../../auth/index.ts';
import { firstContactPolicy, reportPolicy } from '../policy.ts';
import { numbersOfPhones, oneNumber, twoNumbers } from './emergency-numbers.ts';

const {
  window,
  most,
  mostOfMinors: minors,
  mostWhenNew: fresh,
  newFor,
  mostWhenSlowed: slowed,
  declinesThatSlow: declines,
  blocksThatSlow: blocks,
  graphemes: characters,
} = firstContactPolicy;

const firstContact = {
  window: lasting(window),
  newFor: lasting(newFor),
  most,
  minors,
  fresh,
  slowed,
  declines,
  blocks,
  characters,
};

/** One row a number, whatever says so. */
function byNumber() {
  const numbers = [...new Set(oneNumber.map(({ number }) => number))];
  const codesOf = (wanted: string) =>
    oneNumber.flatMap(({ number, countries }) => (number === wanted ? countries : []));
  return numbers.map((number) => ({
    number,
    countries: codesOf(number).map((code) => named('country', code)),
  }));
}

const emergency = {
  phones: numbersOfPhones,
  oneNumber: byNumber(),
  twoNumbers: twoNumbers.map((one) => ({ ...one, country: named('country', one.country) })),
};

export function safetyPage(operator: Operator) {
  return {
    title: message('safety.guide.title'),
    operator,
    minimumAge,
    firstContact,
    reports: {
      reportableFor: lasting(reportPolicy.reportableFor),
      evidenceFor: lasting(reportPolicy.evidenceFor),
    },
    emergency,
  };
}

export function rulesPage(operator: Operator) {
  return { title: message('safety.rules.title'), operator, minimumAge, firstContact };
}
