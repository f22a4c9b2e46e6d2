import { beforeAll, describe, expect, test } from '@jest/globals';
import { DeliveryRefused } from '../../../src/platform/messages/delivery.ts';
import { openQueue } from '../../../src/platform/queue/queue.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { challengeOf, joining } from '../../support/joining.ts';
import { jpegOf } from '../../support/pictures.ts';
import { settled } from '../../support/security.ts';
import { upload } from '../../support/uploading.ts';
import { newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('request ids', () => {
  beforeAll(() => house.empty());

  const { redis } = house.stores;
  const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/;

  interface Line {
    msg: string;
    id?: string;
    request?: string;
    route?: string;
    status?: number;
    method?: string;
    ms?: number;
    queue?: string;
    job?: string;
  }
  const lines = (): Line[] => house.logged.map((line) => JSON.parse(line) as Line);
  const requestTo = (route: string): Promise<Line> =>
    eventually(
      () =>
        lines()
          .filter((line) => line.msg === 'request' && line.route === route && line.method === 'POST')
          .at(-1),
      `the line of ${route}`,
    );
  /** What Redis holds of jobs, finished ones included, by id. */
  const jobsOf = async (queue: string): Promise<Map<string, { cause?: { request?: string } }>> => {
    const ids = (await redis.zrange(`bull:{${queue}}:completed`, 0, -1)).concat(
      await redis.zrange(`bull:{${queue}}:failed`, 0, -1),
    );
    const data = await Promise.all(ids.map((id) => redis.hget(`bull:{${queue}}:${id}`, 'data')));
    return new Map(ids.map((id, n) => [id, JSON.parse(data[n]!) as object]));
  };

  test('a request is one line, with its id, route, status and time', async () => {
    await visitor(house).get('/people/nobody_here');
    const line = await eventually(
      () => lines().find(({ route }) => route === '/people/:username'),
      'the line of the request',
    );
    expect(line).toMatchObject({ status: 303, method: 'GET', ms: expect.any(Number) });
    expect(line.id).toMatch(uuid);
    expect(lines().filter(({ id }) => id === line.id)).toHaveLength(1);
  });

  test('the page of an error shows the id of its line', async () => {
    const ann = visitor(house);
    // Pages show it where something of ours is to mend; whoever asks for JSON gets it always.
    ann.headers.Accept = 'application/json';
    const page = await ann.get('/nothing-here');
    const shown = (JSON.parse(page.html) as { error: { requestId: string } }).error.requestId;
    expect(shown).toMatch(uuid);
    await eventually(() => lines().find(({ id, status }) => id === shown && status === 404), 'the line');
  });

  test('a job carries the id of the request that caused it, and so do the jobs that it makes', async () => {
    const { username, password } = await visitor(house).join();
    await settled(house);
    const before = new Set((await jobsOf('security')).keys());
    // A new device: the announcement makes a notice.
    await visitor(house).signIn(username, password);
    await settled(house);
    const { id } = await requestTo('/login');
    const made = [...(await jobsOf('security'))].filter(([job]) => !before.has(job));
    expect(new Set(made.map(([job]) => job.split('-')[0]))).toEqual(new Set(['announce', 'notice']));
    for (const [, { cause }] of made) expect(cause).toEqual({ request: id });
  });

  test('so does the job of an upload, whose body is read in pieces', async () => {
    const ann = visitor(house);
    await ann.join();
    await upload(ann, 'avatar', await jpegOf());
    const { id } = await requestTo('/settings/avatar');
    const done = await eventually(async () => {
      const jobs = [...(await jobsOf('pictures')).values()];
      return jobs.some(({ cause }) => cause?.request === id) && jobs;
    }, 'the job');
    expect(done.filter(({ cause }) => cause?.request === id)).toHaveLength(1);
  });

  test('what a job writes into the log says for which request', async () => {
    const to = String(newPerson().email);
    house.outbox.failure = () => new DeliveryRefused('no such mailbox');
    await visitor(house).startSignUp({ email: to });
    await settled(house);
    house.outbox.failure = null;
    const { id } = await requestTo('/sign-up');
    const { id: challenge } = await challengeOf(house, to);
    const failed = await eventually(
      () => lines().find(({ msg, job }) => msg === 'job failed' && job?.includes(challenge)),
      'the line of the job',
    );
    expect(failed).toMatchObject({ request: id, queue: 'messages' });
  });

  test('two requests at once keep their ids apart', async () => {
    const people = Array.from({ length: 8 }, () => visitor(house));
    await Promise.all(people.map((who) => who.token()));
    const started = await Promise.all(people.map((who) => who.startSignUp()));
    await settled(house);
    const causes = await Promise.all(
      started.map(async ({ person }) => {
        const { id } = await challengeOf(house, String(person.email));
        return (await jobsOf('messages')).get(`registration-${id}-1`)?.cause?.request;
      }),
    );
    expect(new Set(causes).size).toBe(8);
    for (const cause of causes) expect(cause).toMatch(uuid);
  });

  test('a job of an older version, without an id, is done like any other', async () => {
    const { ann, to } = await joining(house);
    await settled(house);
    const { id } = await challengeOf(house, to);
    const queue = openQueue<object>('messages', redis, { tries: 1, backoff: 0 });
    await queue.add('of-before', { purpose: 'registration', challengeId: id, send: 1 });
    const code = await house.outbox.nextCode(to);
    await settled(house);
    expect((await jobsOf('messages')).get('of-before')).toEqual({
      purpose: 'registration',
      challengeId: id,
      send: 1,
    });
    await queue.close();
    expect((await ann.post('/sign-up/code', { code })).redirectedTo).toBe('/welcome');
  });
});

describe('readiness', () => {
  beforeAll(() => house.empty());

  const ready = async () => {
    const { status, html } = await visitor(house, { ip: '127.0.0.1' }).get('/health/ready');
    return { status, ...(JSON.parse(html) as object) };
  };

  test('a database that lacks the newest migration takes nobody in', async () => {
    expect(await ready()).toMatchObject({ status: 'ok', postgres: 'ok', redis: 'ok', media: 'ok' });
    const [newest] = await house.stores.sql<{ name: string }>(
      `SELECT max("migration_name") AS "name" FROM "_prisma_migrations"`,
    );
    const call = (from: string, to: string) =>
      house.stores.sql(`UPDATE "_prisma_migrations" SET "migration_name" = $2 WHERE "migration_name" = $1`, [
        from,
        to,
      ]);
    await call(newest!.name, '0_older');
    expect(await ready()).toMatchObject({ status: 'unavailable', postgres: 'down' });
    // One of a version to come is no harm.
    await call('0_older', newest!.name);
    await house.stores.sql(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at")
     VALUES ('next', '', '99999999999999_next', now(), now())`,
    );
    expect(await ready()).toMatchObject({ status: 'ok', postgres: 'ok' });
  });
});
