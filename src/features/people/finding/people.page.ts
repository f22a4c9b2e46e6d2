import { interestGroups, isInterest } from '../../../kernel/interests.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { type PersonAction, personActionsView } from '../../../web/views/slots.ts';
import type { Names } from '../../../web/words/names.ts';
import { letterOf, picturesOf } from '../../pictures/index.ts';
import { levels } from '../../profile/index.ts';
import { activeChoices, type Filters, isFiltered } from './filters.ts';
import type { PeoplePage, Reason, SuggestedPerson } from './people.ts';

const MOST_INTERESTS = 3; // of a card: one line

function reasonText(reason: Reason, common: number): Message {
  return reason === 'interests'
    ? message('people.why.interests', { count: common })
    : message(`people.why.${reason}`);
}

/** Somebody in a list: who they are in short, and why they stand there. */
export function tileView(person: SuggestedPerson, names: Names, actions: readonly PersonAction[]) {
  const { username, displayName, bio, country, common, level, reasons } = person;
  const interests = [...common, ...person.interests.filter((code) => !common.includes(code))].filter(
    isInterest,
  );
  const bar = personActionsView(actions, person.answers, { username })?.bar ?? [];
  return {
    username,
    name: displayName ?? username,
    ...picturesOf(person.avatar ? [person.avatar] : [], displayName ?? username),
    ...letterOf(person),
    gone: false,
    country: names.country(country),
    namesLang: names.locale,
    speaks: names.language(person.speaks),
    learns: names.language(person.learns),
    level,
    bio,
    interests: interests.slice(0, MOST_INTERESTS).map((code) => ({
      name: message(`profile.interest.${code}`),
      common: common.includes(code),
    })),
    reasons: reasons.map((reason) => reasonText(reason, common.length)),
    action: bar[0] ?? null,
  };
}

type Query = Filters & { after: string };

/** The address of a list; what is not set does not stand there. */
function pathOf({ learn, levels: chosen, country, interests, active, name }: Filters, after = ''): string {
  const query = new URLSearchParams([
    ...Object.entries({ learn, country, active, name, after }).filter(([, value]) => value !== ''),
    ...chosen.map((level): [string, string] => ['level', level]),
    ...interests.map((interest): [string, string] => ['interest', interest]),
  ]);
  return query.size > 0 ? `/people?${query.toString()}` : '/people';
}

const noFilters = { levels: [], country: '', interests: [], active: '', name: '' } as const;

/** What is looked for, each with the address of the list without it. */
function chips(filters: Filters, names: Names) {
  const { country, active, name } = filters;
  return [
    ...filters.levels.map((level) => ({
      text: message('people.chip.level', { level }),
      lang: null,
      path: pathOf({ ...filters, levels: filters.levels.filter((other) => other !== level) }),
    })),
    ...filters.interests.filter(isInterest).map((code) => ({
      text: message(`profile.interest.${code}`),
      lang: null,
      path: pathOf({ ...filters, interests: filters.interests.filter((other) => other !== code) }),
    })),
    ...(country
      ? [{ text: names.country(country), lang: names.locale, path: pathOf({ ...filters, country: '' }) }]
      : []),
    ...(active
      ? [{ text: message(`people.active.${active}`), lang: null, path: pathOf({ ...filters, active: '' }) }]
      : []),
    ...(name
      ? [{ text: message('people.chip.name', { name }), lang: null, path: pathOf({ ...filters, name: '' }) }]
      : []),
  ];
}

function filterView(filters: Filters, names: Names, showsActivity: boolean) {
  const set = chips(filters, names);
  return {
    chips: set,
    clear: pathOf({ ...noFilters, learn: filters.learn }),
    learn: filters.learn,
    name: filters.name,
    country: filters.country,
    countries: names.countries,
    namesLang: names.locale,
    levels: levels.map((code) => ({
      code,
      name: message(`profile.level.${code}`),
      chosen: filters.levels.includes(code),
    })),
    interestGroups: interestGroups.map(({ code, interests }) => ({
      label: message(`profile.interestGroup.${code}`),
      open: interests.some((interest) => filters.interests.includes(interest)),
      interests: interests.map((interest) => ({
        code: interest,
        label: message(`profile.interest.${interest}`),
        chosen: filters.interests.includes(interest),
      })),
    })),
    active: showsActivity
      ? activeChoices.map((value) => ({
          value,
          label: message(`people.active.${value}`),
          chosen: filters.active === value,
        }))
      : [],
  };
}

/** Whom the viewer waits for. */
export interface Waited {
  speaks: string;
  learns: string;
}

/** For each pair of the viewer's languages, or of the one that is looked at, whether they wait for somebody. */
function waitsOf({ mine }: PeoplePage, learn: string, names: Names, asked: readonly Waited[]) {
  const of = (role: 'native' | 'learning') => mine.filter((one) => one.role === role).map(({ code }) => code);
  return of('learning')
    .filter((code) => learn === '' || code === learn)
    .flatMap((speaks) => of('native').map((learns) => ({ speaks, learns })))
    .map(({ speaks, learns }) => ({
      speak: learns,
      learn: speaks,
      speakName: names.language(learns),
      learnName: names.language(speaks),
      namesLang: names.locale,
      asked: asked.some((one) => one.speaks === speaks && one.learns === learns),
    }));
}

/** `/people`: `actions` are what stands at each person, `asked` whom the viewer waits for. */
export function peoplePage(
  found: PeoplePage,
  query: Query,
  names: Names,
  { actions, asked }: { actions: readonly PersonAction[]; asked: readonly Waited[] },
) {
  const { after, ...filters } = query;
  const of = (role: 'native' | 'learning') => found.mine.filter((language) => language.role === role);
  const speaks = of('native').map(({ code }) => names.language(code));
  const tile = (person: SuggestedPerson) => tileView(person, names, actions);
  const oneWay = (['speaks', 'learns'] as const).map((fit) => ({
    fit,
    people: found.oneWay.filter((person) => person.fit === fit).map(tile),
  }));
  return {
    title: message('people.title'),
    namesLang: names.locale,
    speaks,
    tabs: of('learning').map(({ code }) => ({
      learns: names.language(code),
      path: pathOf({ ...filters, learn: code }),
      current: filters.learn === code,
    })),
    all: { path: pathOf({ ...filters, learn: '' }), current: filters.learn === '' },
    filter: filterView(filters, names, found.showsActivity),
    filtered: isFiltered(filters),
    isFirst: after === '',
    waits: waitsOf(found, filters.learn, names, asked),
    hidden: found.hidden,
    people: found.people.map(tile),
    oneWay: oneWay.filter(({ people }) => people.length > 0),
    more: found.next === null ? null : pathOf(filters, found.next),
  };
}
