import { ApiClient } from './api.ts';
import { faultsIn, type Fields, type Page, type Visitor } from './visitor.ts';

/** What came of a form, whichever way it was sent. */
export interface Sent {
  /** 200 where it was carried out. */
  status: number;
  /** By field; "levels-2" is the third of the name. */
  faults: Record<string, string>;
  retryAfter: string | undefined;
}

/** Somebody who does something at a page, or a program that does it for them. */
export interface Way {
  name: string;
  send: (who: Visitor, path: string, fields: Fields) => Promise<Sent>;
  read(who: Visitor, path: string): Promise<{ status: number; text: string }>;
}

function sentBy(page: Page): Sent {
  return {
    status: page.status === 303 ? 200 : page.status,
    faults: faultsIn(page.html),
    retryAfter: page.header('retry-after'),
  };
}

interface Mistake {
  field: string;
  message: string;
  row?: number;
}

export const ways: Way[] = [
  {
    name: 'page',
    send: async (who, path, fields) => sentBy(await who.post(path, fields)),
    read: async (who, path) => {
      const page = await who.get(path);
      return { status: page.status, text: page.html };
    },
  },
  {
    name: 'API',
    send: async (who, path, fields) => {
      const answer = await new ApiClient(who).post(path, fields);
      const errors = (answer.body.errors ?? []) as Mistake[];
      const faults = errors.map(({ field, message, row }): [string, string] => [
        row === undefined ? field : `${field}-${row}`,
        message,
      ]);
      return {
        status: answer.status,
        faults: Object.fromEntries(faults.toReversed()),
        retryAfter: answer.header('retry-after'),
      };
    },
    read: async (who, path) => {
      const answer = await new ApiClient(who).get(path);
      return { status: answer.status, text: JSON.stringify(answer.body) };
    },
  },
];
