import { lifecycle } from './lib/processes/lifecycle.mjs';
import { prepare } from './lib/build/prepare.mjs';

/** npm run build: dependencies, database client and dist/, each only when something changed. */
const life = lifecycle();
await life.run(async () => {
  await prepare({ build: true, signal: life.signal });
  return 0;
});
