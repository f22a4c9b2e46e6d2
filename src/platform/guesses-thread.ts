import { parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import type { Question } from './guesses.ts';

/** The thread that judges passwords (guesses.ts). It answers one question after the other. */

/** The work grows steeply with look-alike characters: "p4$$w0rd" is read in so many ways at most. */
const L33T_TRIES = 16;

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  l33tMaxSubstitutions: L33T_TRIES,
});

parentPort!.on('message', ({ id, password, words }: Question) => {
  parentPort!.postMessage({ id, guesses: estimator.check(password, words).guesses });
});
