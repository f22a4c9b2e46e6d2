import { Router } from 'express';

/** Resolves when a store answers; rejects or hangs when it does not. */
export type Probe = () => Promise<unknown>;

/** A probe that has not answered by then counts as failed, in milliseconds: orchestrators ask every few seconds. */
const TIMEOUT = 2_000;

const answers = (probe: Probe): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), TIMEOUT);
  });
  const asked = probe().then(
    () => true,
    () => false,
  );
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
};

/** `/health/live`: the process runs. `/health/ready`: its stores answer and it is not shutting down. */
export const healthRoutes = (probes: Record<string, Probe>, isClosing: () => boolean): Router => {
  const router = Router();
  router.get('/health/live', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/health/ready', async (_req, res) => {
    const states = await Promise.all(
      Object.entries(probes).map(
        async ([name, probe]) => [name, (await answers(probe)) ? 'ok' : 'down'] as const,
      ),
    );
    const ready = !isClosing() && states.every(([, state]) => state === 'ok');
    if (!ready) res.set('Retry-After', '5');
    res
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ok' : 'unavailable', closing: isClosing(), ...Object.fromEntries(states) });
  });
  return router;
};
