import hooks from 'node:async_hooks';
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import circus from 'jest-circus/runner';
import { register as registerTypeScript } from 'tsx/esm/api';
import { setGlobals } from './globals.mjs';

/*
 * Jest's `testRunner`: jest-circus as it is, but test files are read by Node itself. Jest would read the whole site anew for
 * each file, 1,182 modules into a context of its own; here a worker reads them once, and what a file leaves in them the
 * next one finds (docs/decisions/0023-tests-in-one-house.md).
 */
registerTypeScript();
process.setSourceMapsEnabled(true);
// The same inputs at every run: what turns red was changed. PROPERTY_SEED=random looks further.
const { PROPERTY_SEED: seed = '11' } = process.env;
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
register('./resolve.mjs', import.meta.url);
const require = createRequire(import.meta.url);
const HANDLERS = Symbol.for('EVENT_HANDLERS');

const { AsyncLocalStorage } = hooks;
const ofLastFile = [];
class OfOneFile extends AsyncLocalStorage {
  constructor(...options) {
    super(...options);
    ofLastFile.push(this);
  }
}
/** In Node 20 every promise hands on what any of them holds. Since Node 24 none does, and this cannot be set. */
const isCostly = Object.getOwnPropertyDescriptor(hooks, 'AsyncLocalStorage').writable === true;

/**
 * jest-circus keeps the tests of one file in its module: each file gets a new one, and what the last one kept by asynchronous
 * context is let go.
 */
function freshAdapter(path) {
  delete require.cache[path];
  delete globalThis[HANDLERS];
  for (const storage of ofLastFile.splice(0)) storage.disable();
  if (isCostly) hooks.AsyncLocalStorage = OfOneFile;
  try {
    return require(path);
  } finally {
    if (isCostly) hooks.AsyncLocalStorage = AsyncLocalStorage;
  }
}

const node = {
  requireInternalModule: freshAdapter,
  requireModule: (path) => require(path),
  setGlobalsForRuntime: setGlobals,
  unstable_shouldLoadAsEsm: () => true,
  unstable_importModule: (path) => import(pathToFileURL(path).href),
  enterTestCode: () => {},
  leaveTestCode: () => {},
};

export default function run(globalConfig, config, environment, _runtime, testPath, sendMessage) {
  // Jest's own way of writing stacks knows the maps of what Jest has read itself; Node's knows these.
  delete Error.prepareStackTrace;
  return circus.default(globalConfig, config, environment, node, testPath, sendMessage);
}
