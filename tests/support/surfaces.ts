import { ApiClient } from './api.ts';
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
};

/** What a surface answers, whichever way it is asked; ways that do not agree are told apart. */
export async function answerTo(act: Act, of: Asked): Promise<string> {
  return [...new Set(await surfaces[act]!.ask(of))].join(' | ');
}
