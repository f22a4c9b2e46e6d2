import { parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as ours from './common-passwords/index.ts';
import { otherYears } from './common-passwords/recited.ts';
import { commonWordsOf, languagesWithoutPackage } from './common-words.ts';
import type { Question } from './guesses.ts';
import { daysAndMonths, order } from './guesses-order.ts';
import { RankedWords } from './guesses-words.ts';

const L33T_TRIES = 16; // work grows steeply with look-alike characters

const english = new RankedWords();
english.addDictionary(common.dictionary, Infinity);
english.addDictionary((await import('@zxcvbn-ts/language-en')).dictionary, Infinity);

const others = new RankedWords();
// One at a time: a package's lists take more memory than what is kept of them.
for (const load of [
  () => import('@zxcvbn-ts/language-de'),
  () => import('@zxcvbn-ts/language-es-es'),
  () => import('@zxcvbn-ts/language-fr'),
  () => import('@zxcvbn-ts/language-it'),
  () => import('@zxcvbn-ts/language-ja'),
  () => import('@zxcvbn-ts/language-pl'),
  () => import('@zxcvbn-ts/language-pt-br'),
  () => import('@zxcvbn-ts/language-ar'),
])
  others.addDictionary((await load()).dictionary);

const further = new RankedWords(); // a table doubles when it is full, so three tables take less memory than one
for (const language of languagesWithoutPackage) further.addCommonWords(await commonWordsOf(language));
for (const passwords of Object.values(ours)) further.addPasswords(passwords.trim().split(/\s+/u));
for (const row of [...daysAndMonths, ...otherYears]) further.addPasswords(row);

const estimator = new ZxcvbnFactory(
  { graphs: common.adjacencyGraphs, l33tMaxSubstitutions: L33T_TRIES },
  { order },
);
// The library would rank each list on its own, and look each piece up in all of them.
const options = estimator['options'];
const tables = Object.entries({ english, others, further });
options.rankedDictionaries = Object.fromEntries(tables.map(([name, { ranks }]) => [name, ranks]));
options.rankedDictionariesMaxWordSize = Object.fromEntries(
  tables.map(([name, { longest }]) => [name, longest]),
);

parentPort!.on('message', ({ id, password, words }: Question) => {
  parentPort!.postMessage({ id, guesses: estimator.check(password, words).guesses });
});
