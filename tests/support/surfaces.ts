import { randomUUID } from 'node:crypto';
import { type Answer, ApiClient } from './api.ts';
import type { Between } from './relations.ts';
import type { Act } from './who-may-what.ts';

export interface Asked extends Between {
  /** Of the other's pictures. */
  media: readonly string[];
}

interface Surface {
  /** By which the site has it. */
  route: string;
  /** One answer for each way to ask: page, API, every picture. */
  ask(of: Asked): Promise<string[]>;
}

const answerOf = (status: number, good: string): string =>
  status === 200 ? good : status === 404 ? '-' : `answered ${status}`;

interface Listed {
  with: string;
  person: object | null;
}

/** How a list of chats names somebody, if it does. */
function placeIn({ body }: Answer, { other, conversation }: Asked, named: string): string {
  const found = (body.items as Listed[]).find((one) => [other.username, conversation].includes(one.with));
  if (!found) return '-';
  return found.with === other.username && found.person ? named : 'former';
}

/** Whether somebody stands in a list of people, on any of its pages. */
async function foundIn({ viewer, other }: Asked, query: Record<string, string>): Promise<string[]> {
  const api = new ApiClient(viewer);
  const [names, pages]: [string[], string[]] = [[], []];
  for (let after: string | null = ''; after !== null; ) {
    const asked = `?${new URLSearchParams({ ...query, after }).toString()}`;
    const { body } = await api.get(`/people${asked}`);
    for (const { username } of [
      ...(body.items as { username: string }[]),
      ...(body.oneWay as { username: string }[]),
    ])
      names.push(username);
    pages.push((await viewer.get(`/people${asked}`)).html);
    after = body.next as string | null;
  }
  return [
    names.includes(other.username) ? 'found' : '-',
    pages.some((html) => html.includes(`"/people/${other.username}"`)) ? 'found' : '-',
  ];
}

/** What a conversation is, by name or by its id. */
async function readBy({ viewer }: Asked, name: string): Promise<string[]> {
  const { status, body } = await new ApiClient(viewer).get(`/chats/${name}`);
  const answer = body.status === 'new' ? 'new' : body.person ? 'theirs' : 'former';
  const page = await viewer.get(`/chats/${name}`);
  return [answerOf(status, answer), answerOf(page.status, answer)];
}

const hello = () => ({ text: 'Hei! Kiva nähdä.', clientId: randomUUID() });

/** What becomes of something written to them, by name or by the conversation's id. */
async function writtenBy({ viewer }: Asked, name: string): Promise<string> {
  const { status, body } = await new ApiClient(viewer).post(`/chats/${name}`, hello());
  // Partners may; where they do comes with the next piece.
  if (status === 201 || body.reason === 'not-open-yet') return 'may';
  return status === 409 ? String(body.reason) : answerOf(status, 'may');
}

/** How each act is tried, and what its answers mean in the words of the table. */
export const surfaces: Partial<Record<Act, Surface>> = {
  profile: {
    route: '/people/:username',
    ask: async ({ viewer, other }) => [
      answerOf((await viewer.get(`/people/${other.username}`)).status, 'seen'),
      answerOf((await new ApiClient(viewer).get(`/people/${other.username}`)).status, 'seen'),
    ],
  },
  media: {
    route: '/media/:key',
    ask: async ({ viewer, media }) => {
      const answers: string[] = [];
      for (const key of media) answers.push(answerOf((await viewer.get(`/media/${key}`)).status, 'seen'));
      return answers;
    },
  },
  partners: { route: '/people', ask: (of) => foundIn(of, {}) },
  search: { route: '/people', ask: (of) => foundIn(of, { name: of.other.username }) },
  chats: {
    route: '/chats',
    ask: async (of) => {
      const api = new ApiClient(of.viewer);
      const [chats, requests] = [await api.get('/chats'), await api.get('/chats/requests')];
      const places = [placeIn(chats, of, 'named'), placeIn(requests, of, 'asking')];
      const shown = places.find((place) => place !== '-') ?? '-';
      const pages = (await of.viewer.get('/chats')).html + (await of.viewer.get('/chats/requests')).html;
      const address = (name: string): boolean => pages.includes(`"/chats/${name}`);
      const onPages = address(of.conversation) ? 'former' : address(of.other.username) ? shown : '-';
      return [shown, onPages];
    },
  },
  read: {
    route: '/chats/:with',
    ask: async (of) => {
      const [byName, byId] = [await readBy(of, of.other.username), await readBy(of, of.conversation)];
      // By name only whom one may go on with is there, and by the id also what is over.
      if (byName[0] === 'theirs') return [...byName, ...byId];
      if (byName[0] === 'new') return [...byName, ...byId.map((one) => (one === '-' ? 'new' : one))];
      return byId.concat(byName.every((one) => one === '-') ? [] : byName);
    },
  },
  presence: {
    route: '/chats/:with',
    ask: async ({ viewer, other, conversation }) => {
      const api = new ApiClient(viewer);
      const shown = ({ presence }: { presence?: unknown }) => ((presence ?? null) === null ? '-' : 'shown');
      const [byName, byId] = [
        await api.get(`/chats/${other.username}`),
        await api.get(`/chats/${conversation}`),
      ];
      const listed = ((await api.get('/chats')).body.items as (Listed & { presence: unknown })[]).filter(
        (one) => [other.username, conversation].includes(one.with),
      );
      const page = await viewer.get(`/chats/${other.username}`);
      return [
        shown(byName.body),
        shown(byId.body),
        listed.some((one) => shown(one) === 'shown') ? 'shown' : '-',
        page.html.includes('data-presence=') ? 'shown' : '-',
      ];
    },
  },
  report: {
    route: '/report',
    ask: async ({ viewer, other, conversation }) => {
      const api = new ApiClient(viewer);
      const asked = async (about: string, good: string): Promise<string[]> => [
        answerOf((await viewer.get(`/report?about=${about}`)).status, good),
        answerOf((await api.get(`/report?about=${about}`)).status, good),
      ];
      const byName = await asked(`person:${other.username}`, 'person');
      return byName.includes('-') ? asked(`conversation:${conversation}`, 'conversation') : byName;
    },
  },
  write: {
    route: '/chats/:with',
    ask: async (of) => {
      const byName = await writtenBy(of, of.other.username);
      if (byName !== '-') return [byName];
      const page = await of.viewer.post(`/chats/${of.other.username}`, hello());
      const byId = await writtenBy(of, of.conversation);
      return [byId, page.status === 404 ? byId : `the page answered ${page.status}`];
    },
  },
};

/** What a surface answers, whichever way it is asked; ways that do not agree are told apart. */
export async function answerTo(act: Act, of: Asked): Promise<string> {
  return [...new Set(await surfaces[act]!.ask(of))].join(' | ');
}
