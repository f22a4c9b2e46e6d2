import { type Request, Router } from 'express';
import type { Log } from '../platform/watching/log.ts';
import { isLoopback } from './request/client-address.ts';

export type Probe = () => Promise<unknown>;

const TIMEOUT = 2_000; // milliseconds: orchestrators ask every few seconds

function fault(probe: Probe): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<unknown>((resolve) => {
    timer = setTimeout(() => resolve(new Error(`no answer within ${TIMEOUT} ms`)), TIMEOUT);
  });
  const asked = probe().then(
    () => null,
    (err: unknown) => err ?? new Error('failed'),
  );
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
}

export interface Health {
  /** `told`: reported, but nobody is turned away for it. */
  probes: { needed: Record<string, Probe>; told: Record<string, Probe> };
  isClosing: () => boolean;
  log: Log;
}

/** Only clients on this machine learn which store is away, and not through a proxy. */
function mayKnowStores(req: Request): boolean {
  return isLoopback(req.ip) && (req.ips.length > 0 || req.get('x-forwarded-for') === undefined);
}

export function healthRoutes({ probes, isClosing, log }: Health): Router {
  const router = Router();
  const down = new Set<string>();
  /** Logs once when a store fails, and once when it is back. */
  const stateOf = async (name: string, probe: Probe): Promise<'ok' | 'down'> => {
    const err = await fault(probe);
    if (err !== null && !down.has(name)) log.warn({ store: name, err }, 'a store does not answer');
    if (err === null && down.has(name)) log.info({ store: name }, 'a store answers again');
    if (err === null) down.delete(name);
    else down.add(name);
    return err === null ? 'ok' : 'down';
  };
  const statesOf = async (some: Record<string, Probe>) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(some).map(async ([name, probe]) => [name, await stateOf(name, probe)] as const),
      ),
    );
  router.get('/health/live', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/health/ready', async (req, res) => {
    const [needed, told] = await Promise.all([statesOf(probes.needed), statesOf(probes.told)]);
    const ready = !isClosing() && Object.values(needed).every((state) => state === 'ok');
    if (!ready) res.set('Retry-After', '5');
    res.status(ready ? 200 : 503).json({
      status: ready ? 'ok' : 'unavailable',
      closing: isClosing(),
      ...(mayKnowStores(req) ? { ...needed, ...told } : {}),
    });
  });
  return router;
}
