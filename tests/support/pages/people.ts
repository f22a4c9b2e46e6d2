import { message } from '../../../src/kernel/message.ts';
import { peoplePage } from '../../../src/features/people/finding/people.page.ts';
import type { PeoplePage, SuggestedPerson } from '../../../src/features/people/finding/people.ts';
import type { PersonAction } from '../../../src/web/views/slots.ts';
import { namesIn } from '../../../src/web/words/names.ts';
import type { CataloguePage } from './types.ts';

const names = namesIn('en');
const anything = {
  learn: '',
  levels: [],
  country: '',
  interests: [],
  active: '',
  name: '',
  after: '',
} as const;

const hello: PersonAction = {
  place: 'bar',
  order: 10,
  show: ({ username }) => ({
    kind: 'link',
    path: `/chats/${username}`,
    label: message('chat.person.hello'),
    icon: 'chat',
  }),
};

function person(username: string, given: Partial<SuggestedPerson> = {}): SuggestedPerson {
  return {
    username,
    displayName: null,
    bio: '',
    country: 'ES',
    interests: [],
    avatar: null,
    speaks: 'es',
    learns: 'de',
    level: 'B1',
    levelsApart: 0,
    common: [],
    minutesApart: 0,
    steps: 0,
    newcomer: false,
    near: false,
    answers: [],
    fit: 'both',
    reasons: ['level', 'awake', 'active'],
    ...given,
  };
}

const lucia = person('lucia', {
  displayName: 'Lucía',
  bio: 'Soy de Granada y aprendo alemán porque mi hermana vive en Leipzig.\nMe gusta hablar de libros, y de cómo se hace un buen café.',
  interests: ['coffee', 'novels', 'hiking', 'chess'],
  common: ['coffee', 'chess'],
  reasons: ['level', 'interests', 'awake', 'newcomer', 'active'],
});
const samir = person('samir', {
  displayName: 'سمير بن يوسف',
  bio: 'مرحبا! أتعلّم الألمانية منذ سنة.',
  country: 'MA',
  speaks: 'ar',
  level: null,
  reasons: [],
});
const astrid = person('astrid', { country: 'NO', speaks: 'nb', reasons: ['near'] });
/** Thirty letters, and fifty of the widest there is. */
const long = person('wolfeschlegelsteinhausenberger', {
  displayName: '﷽'.repeat(50),
  bio: 'W'.repeat(500),
  country: 'GS',
  interests: ['martial-arts', 'instruments', 'languages'],
  common: ['martial-arts'],
});

function list(
  name: string,
  found: Partial<PeoplePage>,
  query: object = {},
  asked: { speaks: string; learns: string }[] = [],
): CataloguePage {
  const page: PeoplePage = {
    people: [],
    oneWay: [],
    hidden: false,
    showsActivity: true,
    mine: [
      { code: 'de', role: 'native' },
      { code: 'es', role: 'learning' },
      { code: 'ar', role: 'learning' },
    ],
    next: null,
    ...found,
  };
  return {
    name: `people-${name}`,
    view: 'people/people',
    model: peoplePage(page, { ...anything, ...query }, names, { actions: [hello], asked }),
    signedIn: true,
    site: { path: '/people' },
  };
}

const asked = {
  learn: 'es',
  levels: ['A2', 'B1'],
  country: 'ES',
  interests: ['coffee'],
  active: 'week',
  name: 'lu',
};

export const peoplePages: CataloguePage[] = [
  list('some', { people: [lucia, samir, astrid, person('ben')], next: 'eyJ0IjoxfQ.x' }),
  list('filtered', { people: [lucia] }, asked),
  list('filtered-none', {}, asked),
  list('none', {}),
  list('none-waiting', {}, {}, [{ speaks: 'es', learns: 'de' }]),
  list('end', {}, { after: 'x' }),
  list('hidden', { people: [lucia], hidden: true }),
  list('minors', { people: [person('mia', { reasons: ['level'] })], showsActivity: false }),
  list('one-way', {
    people: [lucia],
    oneWay: [
      person('juan', { fit: 'speaks', learns: 'fr', reasons: [] }),
      person('marie', { fit: 'learns', speaks: 'fr' }),
    ],
  }),
  list('long-names', { people: [long, { ...long, username: 'hubertblaine' }], next: 'x' }),
];
