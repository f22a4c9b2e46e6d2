import type { Request } from 'express';
import type { Config } from './config/config.ts';
import { logOf } from './platform/watching/log.ts';
import { noTraces, type Traces } from './platform/watching/traces.ts';
import { routeOf } from './web/request/request-log.ts';

/** Before the house opens, since modules are patched; loads OpenTelemetry only where it is configured. */
export async function openTraces(config: Config, service: string): Promise<Traces> {
  if (config.tracesEndpoint === null) return noTraces;
  const { startTraces } = await import('./platform/watching/open-telemetry.ts');
  return startTraces({
    endpoint: config.tracesEndpoint,
    service,
    log: logOf(config),
    about: (incoming) => {
      // Express makes the server's own object its Request.
      const request = incoming as Request;
      return { route: routeOf(request), id: request.id };
    },
  });
}
