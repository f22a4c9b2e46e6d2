import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createS3Store } from '../../../../src/platform/media/media-s3.ts';
import { isMediaDown } from '../../../../src/platform/media/media-store.ts';
import { type Gate, openGate } from '../../../support/gate.ts';
import { freshKey, keepsTheMediaContract } from '../../../support/media-store-contract.ts';
import { openS3, type TestS3 } from '../../../support/s3.ts';

describe('a bucket', () => {
  keepsTheMediaContract(async () => {
    const s3 = await openS3();
    const store = createS3Store(s3.options);
    return {
      store,
      breakDown: () => s3.stop(),
      mend: () => s3.start(),
      close: async () => {
        store.close();
        await s3.close();
      },
    };
  });
});

describe('what is wrong is said:', () => {
  let s3: TestS3;
  let gate: Gate;
  beforeAll(async () => {
    s3 = await openS3();
    gate = await openGate(s3.options.endpoint);
  });
  afterAll(async () => {
    await gate.close();
    await s3.close();
  });

  const thrownBy = async (options: object): Promise<Error> => {
    const store = createS3Store({ ...s3.options, ...options });
    const thrown = await store.put(freshKey(), Buffer.from('x')).catch((err: unknown) => err);
    store.close();
    return thrown as Error;
  };

  test.each([
    [
      'a secret key that is another',
      { secretAccessKey: 'guessed' },
      /^S3 refuses our keys .*SignatureDoesNotMatch/,
    ],
    ['keys that nobody knows', { accessKeyId: 'stranger' }, /^S3 refuses our keys .*InvalidAccessKeyId/],
    ['a bucket that is not there', { bucket: 'elsewhere' }, /^S3 has no bucket "elsewhere"/],
  ])('%s', async (_what, options, words) => {
    const err = await thrownBy(options);
    expect(err.message).toMatch(words);
    expect(isMediaDown(err)).toBe(false);
  });

  test('a wrong bucket does not pass for a missing picture', async () => {
    const store = createS3Store({ ...s3.options, bucket: 'elsewhere' });
    await expect(store.get(freshKey())).rejects.toThrow('S3 has no bucket');
    store.close();
  });

  test('a network that swallows everything is given up in time', async () => {
    gate.hold();
    const began = performance.now();
    const err = await thrownBy({ endpoint: gate.url, timeout: 400 });
    gate.open();
    expect([err.message, isMediaDown(err)]).toEqual(['the media store is away: TimeoutError', true]);
    // Sooner than a store gives up that was not told when.
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('a service that trips over itself is away', async () => {
    const server = createServer((req, answer) => {
      req.resume();
      answer
        .writeHead(503, { 'Content-Type': 'application/xml' })
        .end('<Error><Code>SlowDown</Code></Error>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const err = await thrownBy({ endpoint: `http://127.0.0.1:${port}` });
    expect([err.message, isMediaDown(err)]).toEqual(['the media store is away: SlowDown', true]);
    server.closeAllConnections();
    server.close();
  });

  test('a body that stops half-way is given up in time', async () => {
    const server = createServer((_asked, answer) => {
      answer.writeHead(200, { 'Content-Length': '1000' }).write('half');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const store = createS3Store({ ...s3.options, endpoint: `http://127.0.0.1:${port}`, timeout: 400 });
    const err = await store.get(freshKey()).catch((thrown: unknown) => thrown);
    expect(isMediaDown(err)).toBe(true);
    store.close();
    server.closeAllConnections();
    server.close();
  });
});
