/** The law of the community: who may what of whom, cell by cell. Features that bring a surface add it to `surfaces.ts`. */
export const relations = [
  'nobody',
  'stranger',
  'requested by me',
  'requested by them',
  'partner',
  'blocked me',
  'blocked by me',
  'staff',
] as const;
export type Relation = (typeof relations)[number];

/** Of whoever is asked for. */
export const states = ['member', 'hidden', 'other band', 'leaving', 'left', 'suspended', 'banned'] as const;
export type State = (typeof states)[number];

export const acts = [
  'profile',
  'media',
  'partners',
  'search',
  'chats',
  'read',
  'write',
  'call',
  'presence',
  'moments',
  'report',
] as const;
export type Act = (typeof acts)[number];

/** One row a relation, its answers in the order of `states`. `-`: the same as for nobody. What no row says is `-` throughout. */
const rows: Record<Act, Partial<Record<Relation, string>>> = {
  profile: {
    stranger: 'seen - - - - - -',
    'requested by me': 'seen - - - - - -',
    'requested by them': 'seen - - - - - -',
    partner: 'seen seen seen - - - -',
  },
  media: {
    stranger: 'seen - - - - - -',
    'requested by me': 'seen - - - - - -',
    'requested by them': 'seen - - - - - -',
    partner: 'seen seen seen - - - -',
  },
  // Suggestions.
  partners: {
    stranger: 'found - - - - - -',
    'requested by me': 'found - - - - - -',
    'requested by them': 'found - - - - - -',
    partner: 'found - - - - - -',
  },
  // By name.
  search: {
    stranger: 'found - - - - - -',
    'requested by me': 'found - - - - - -',
    'requested by them': 'found - - - - - -',
    partner: 'found - - - - - -',
  },
  // `named`: in the list of chats; `asking`: among the requests; `former`: in the list, as a former member.
  chats: {
    'requested by me': 'named named former former former former former',
    'requested by them': 'asking asking former former former former former',
    partner: 'named named named former former former former',
    'blocked me': 'former former former former former former former',
    'blocked by me': 'former former former former former former former',
  },
  // `new`: a page to say hello on; `theirs`: the conversation, by name; `former`: the same by its id alone, with nobody.
  read: {
    stranger: 'new - - - - - -',
    'requested by me': 'theirs theirs former former former former former',
    'requested by them': 'theirs theirs former former former former former',
    partner: 'theirs theirs theirs former former former former',
    'blocked me': 'former former former former former former former',
    'blocked by me': 'former former former former former former former',
  },
  // `closed`: one message until they answer; `over`: by the conversation's id, there is nobody to write to any more.
  write: {
    stranger: 'may - - - - - -',
    'requested by me': 'closed closed over over over over over',
    'requested by them': 'may may over over over over over',
    partner: 'may may may over over over over',
    'blocked me': 'over over over over over over over',
    'blocked by me': 'over over over over over over over',
  },
  call: { partner: 'may may may - - - -' },
  presence: { partner: 'shown shown shown - - - -' },
  moments: {
    stranger: 'seen - - - - - -',
    'requested by me': 'seen - - - - - -',
    'requested by them': 'seen - - - - - -',
    partner: 'seen - - - - - -',
  },
  // `person`: by name, hidden or not once they reached the viewer; `conversation`: by its id, for thirty days.
  report: {
    stranger: 'person - - - - - -',
    'requested by me': `person person ${'conversation '.repeat(5)}`,
    'requested by them': `person person ${'conversation '.repeat(5)}`,
    partner: `person person person ${'conversation '.repeat(4)}`,
    'blocked me': 'conversation '.repeat(7),
    'blocked by me': 'conversation '.repeat(7),
  },
};

export function expectedOf(act: Act, relation: Relation, state: State): string {
  // Staff see all bands, but at the desk only: elsewhere they are members like others.
  const row = rows[act][relation === 'staff' ? 'stranger' : relation];
  return row?.trim().split(' ')[states.indexOf(state)] ?? '-';
}

/** What has no surface yet, and by which routes one would be known. Whoever brings it adds it to `surfaces.ts`. */
export const missing: Partial<Record<Act, RegExp>> = {
  call: /^\/calls?\b|\/call$/,
  moments: /moments/,
};
