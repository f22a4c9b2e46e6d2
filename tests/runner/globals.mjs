/**
 * What a test file gets for `@jest/globals`. The bindings are live: each file's own `test` and `describe` are put in before
 * it is read (runner.mjs).
 */
export let afterAll;
export let afterEach;
export let beforeAll;
export let beforeEach;
export let describe;
export let expect;
export let it;
export let test;

export function setGlobals(globals) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } = globals);
}
