import { Router } from 'express';
import { subscription } from '../../events/event-type.ts';
import { type Clock, minutes } from '../../kernel/clock.ts';
import { message } from '../../kernel/message.ts';
import { deriveHmac } from '../../platform/keys.ts';
import type { Tally } from '../../platform/limits/tally.ts';
import { cleanup } from '../../platform/queue/jobs.ts';
import type { Mailer } from '../../platform/messages/delivery.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { Log } from '../../platform/watching/log.ts';
import { createCursors } from '../../web/cursors.ts';
import type { Feature } from '../../web/feature.ts';
import type { Views } from '../../web/views/views.ts';
import type { Catalogues } from '../../web/words/catalogues.ts';
import type { PersonAction } from '../../web/views/slots.ts';
import { type AuthFeature, erased } from '../auth/index.ts';
import type { PicturesFeature } from '../pictures/index.ts';
import type { ProfileFeature } from '../profile/index.ts';
import { createActivity } from './activity/activity.service.ts';
import { notesActivity } from './activity/activity.session.ts';
import { createActivityStore } from './activity/activity.store.ts';
import { createLooks } from './activity/looks.ts';
import { peopleActs } from './finding/people.acts.ts';
import { peopleRoutes } from './finding/people.routes.ts';
import { createPeople } from './finding/people.service.ts';
import { createPeopleStore } from './finding/people.store.ts';
import { kept } from './kept.ts';
import { sharedSection } from './person/shared.ts';
import { alertActs } from './telling/alerts.acts.ts';
import { createAlertMessages } from './telling/alerts.messages.ts';
import { alertsRoutes } from './telling/alerts.routes.ts';
import { createAlerts } from './telling/alerts.service.ts';
import { createAlertStore } from './telling/alerts.store.ts';
import { peopleNav } from './nav.ts';
import { welcomeRoutes } from './welcome/welcome.routes.ts';

export { createCounts } from './counts/counts.service.ts';
export { type Counts, createCountsStore } from './counts/counts.store.ts';
export { orderInWords } from './finding/order-in-words.ts';

interface PeopleDeps {
  db: Db;
  openTally: (name: string) => Tally;
  clock: Clock;
  mailer: Mailer;
  views: Views;
  catalogues: Catalogues;
  publicUrl: URL;
  log: Log;
  /** The site's; keys of cursors are derived from it. */
  secret: string;
  /** What later features put on cards of people. */
  site: () => { personActions: readonly PersonAction[] };
  auth: Pick<AuthFeature, 'signedInOnly'>;
  pictures: Pick<PicturesFeature, 'avatarOn'>;
  profile: Pick<ProfileFeature, 'mine'>;
}

/** Finding partners: `/people`, and before it the first minute: `/welcome`. */
export function peopleFeature(deps: PeopleDeps): Feature {
  const { db, openTally, clock, secret, site, auth } = deps;
  const activity = createActivityStore(db);
  const looks = createLooks(openTally('people-shown'), activity);
  const actions = () => site().personActions.filter(({ place }) => place === 'bar');
  const people = createPeople({
    store: createPeopleStore(db, () => actions().flatMap(({ ask }) => ask ?? [])),
    looks,
    cursors: createCursors(deriveHmac(secret, 'cursors')),
  });
  const acts = peopleActs(people);
  const alertStore = createAlertStore(db);
  const alerts = createAlerts({
    ...deps,
    store: alertStore,
    isAnybodyFor: (viewer, speaks, learns) => people.isAnybodyFor(viewer, speaks, learns),
    messages: createAlertMessages(deps),
  });
  const telling = alertActs(alerts);
  const alertPages = alertsRoutes(telling);
  const erase = async (userId: string): Promise<void> => {
    await activity.erase(userId);
    await alertStore.erase(userId);
  };
  const welcome = welcomeRoutes({ ...deps, signedInOnly: auth.signedInOnly });
  return {
    name: 'people',
    pages: Router()
      .use(
        peopleRoutes({
          acts,
          actions,
          waitedFor: (viewer) => alerts.of(viewer),
          notesActivity: notesActivity(createActivity(activity)),
        }),
      )
      .use(alertPages.routes)
      .use(welcome.routes),
    forms: { ...alertPages.forms, ...welcome.forms },
    paths: { start: '/people', welcome: '/welcome' },
    nav: peopleNav,
    slots: { 'person.sections': [sharedSection] },
    acts: [...Object.values(acts), ...Object.values(telling)],
    on: [subscription('people.erased', [erased], ({ ids }) => erase(ids.userId))],
    timers: [
      { name: 'looks', every: minutes(1), run: () => looks.fold(clock.now()) },
      { name: 'alerts', every: minutes(1), run: () => alerts.tellAll() },
      cleanup(async () => void (await activity.rest(clock.now()))),
      cleanup(async () => void (await activity.forget(clock.now()))),
    ],
    privacy: {
      kept,
      export: async (userId) => ({
        sections: { finding: await activity.exportOf(userId), waitsFor: await alertStore.exportOf(userId) },
        explained: {
          finding: message('people.export.finding'),
          waitsFor: message('people.export.alerts'),
        },
      }),
      erase,
    },
  };
}
