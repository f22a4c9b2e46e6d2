import { subscription } from '../../events/event-type.ts';
import { type Clock, minutes } from '../../kernel/clock.ts';
import { message } from '../../kernel/message.ts';
import { deriveHmac } from '../../platform/keys.ts';
import type { Tally } from '../../platform/limits/tally.ts';
import { cleanup } from '../../platform/queue/jobs.ts';
import type { Db } from '../../platform/stores/db.ts';
import { createCursors } from '../../web/cursors.ts';
import type { Feature } from '../../web/feature.ts';
import type { PersonAction } from '../../web/views/slots.ts';
import { erased } from '../auth/index.ts';
import { createActivity } from './activity/activity.service.ts';
import { notesActivity } from './activity/activity.session.ts';
import { createActivityStore } from './activity/activity.store.ts';
import { createLooks } from './activity/looks.ts';
import { peopleActs } from './finding/people.acts.ts';
import { peopleRoutes } from './finding/people.routes.ts';
import { createPeople } from './finding/people.service.ts';
import { createPeopleStore } from './finding/people.store.ts';
import { kept } from './kept.ts';
import { peopleNav } from './nav.ts';

export { orderInWords } from './finding/order-in-words.ts';

interface PeopleDeps {
  db: Db;
  openTally: (name: string) => Tally;
  clock: Clock;
  /** The site's; keys of cursors are derived from it. */
  secret: string;
  /** What later features put on cards of people. */
  site: () => { personActions: readonly PersonAction[] };
}

/** Finding partners: `/people`. */
export function peopleFeature({ db, openTally, clock, secret, site }: PeopleDeps): Feature {
  const activity = createActivityStore(db);
  const looks = createLooks(openTally('people-shown'), activity);
  const actions = () => site().personActions.filter(({ place }) => place === 'bar');
  const people = createPeople({
    store: createPeopleStore(db, () => actions().flatMap(({ ask }) => ask ?? [])),
    looks,
    cursors: createCursors(deriveHmac(secret, 'cursors')),
  });
  const acts = peopleActs(people);
  return {
    name: 'people',
    pages: peopleRoutes({ acts, actions, notesActivity: notesActivity(createActivity(activity)) }),
    nav: peopleNav,
    acts: Object.values(acts),
    on: [subscription('people.erased', [erased], ({ ids }) => activity.erase(ids.userId))],
    timers: [
      { name: 'looks', every: minutes(1), run: () => looks.fold(clock.now()) },
      cleanup(async () => void (await activity.rest(clock.now()))),
      cleanup(async () => void (await activity.forget(clock.now()))),
    ],
    privacy: {
      kept,
      export: async (userId) => ({
        sections: { finding: await activity.exportOf(userId) },
        explained: { finding: message('people.export.finding') },
      }),
      erase: (userId) => activity.erase(userId),
    },
  };
}
