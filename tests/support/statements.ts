import pg from 'pg';
import { heardDuring } from './heard.ts';
import { houseOfThisFile, type TestHouse } from './house.ts';

/** What goes to Postgres, as its driver is told. */
interface Statements {
  /** What was asked while the work was done, beside the words that only begin and end a transaction. */
  during(work: () => Promise<unknown>): Promise<string[]>;
}

const around = /^\s*(BEGIN|COMMIT|ROLLBACK|SET TRANSACTION)\b/i;

/** What was asked by each connection that is listened to, by the name that it calls itself. */
const heardOf = new Map<string, string[]>();

// oxlint-disable-next-line typescript/unbound-method -- called below with its own `this`
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const [first] = args;
  const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text;
  const { connectionParameters: mine } = this as unknown as {
    connectionParameters: { application_name?: string };
  };
  if (text !== undefined && !around.test(text))
    heardOf.get(mine.application_name ?? '')?.push(text.replaceAll(/\s+/g, ' ').trim());
  return Reflect.apply(query, this, args);
} as typeof query;

/**
 * Listens at the driver to connections that call themselves `who` (`application_name` in their URL): nothing is changed of
 * what is asked, nor of what is answered.
 */
export function listenToStatements(who: string): Statements {
  const heard: string[] = [];
  heardOf.set(who, heard);
  return { during: (work) => heardDuring(heard, work) };
}

/**
 * A house of this file whose own statements are heard. What a request leaves to the worker, that asks under another name.
 */
export async function heardHouse(): Promise<{
  house: TestHouse;
  worker: TestHouse;
  statements: Statements;
}> {
  const statements = listenToStatements('web');
  const worker = await houseOfThisFile();
  const web = new URL(worker.stores.databaseUrl);
  web.searchParams.set('application_name', 'web');
  const house = await houseOfThisFile({ beside: worker, jobs: false, env: { DATABASE_URL: web.href } });
  return { house, worker, statements };
}
