import { createEvents, type EventsDeps } from './events/index.ts';
import { cleanup } from './platform/queue/jobs.ts';
import { duringRequest } from './platform/watching/request-id.ts';
import type { Site } from './web/mount.ts';

/** What features record facts with, and the jobs that hand them to whoever listens. */
export function openEvents(deps: Omit<EventsDeps, 'duringRequest'>) {
  const events = createEvents({ ...deps, duringRequest });
  return {
    wake: events.wake,
    /** The jobs of a site, and those of the relay, which end each cleaning. */
    jobsWith({ jobs, timers, subscriptions }: Site) {
      const { job, look, clean } = events.relayTo(subscriptions);
      return { jobs: [...jobs, job], timers: [...timers, cleanup(clean)], others: [look] };
    },
  };
}
