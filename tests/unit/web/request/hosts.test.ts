import { expect, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { createHosts } from '../../../../src/web/request/hosts.ts';

function answer(publicUrl: string, production: boolean, host: string | undefined): number {
  const { check } = createHosts(new URL(publicUrl), production);
  try {
    void check({ get: () => host, rawHeaders: [] } as unknown as Request, {} as Response, () => {});
    return 200;
  } catch (err) {
    return (err as { status: number }).status;
  }
}

test.each([
  ['https://chatlink.test', true, 'chatlink.test', 200],
  ['https://chatlink.test', true, 'CHATLINK.test', 200],
  ['https://chatlink.test', true, 'chatlink.test:443', 200],
  ['https://chatlink.test', true, 'chatlink.test.', 200],
  ['https://chatlink.test', true, 'ChatLink.Test.:443', 200],
  ['https://chatlink.test', true, 'chatlink.test:', 200],
  ['https://chatlink.test.', true, 'chatlink.test', 200],
  ['https://chatlink.test', true, 'chatlink.test:80', 421],
  ['https://chatlink.test', true, 'chatlink.test:0443', 421],
  ['https://chatlink.test', true, 'chatlink.test..', 421],
  ['https://chatlink.test', true, '.chatlink.test', 421],
  ['https://chatlink.test', true, 'chatlink.test.evil.example', 421],
  ['https://chatlink.test', true, 'chatlink.test:443:443', 421],
  ['https://chatlink.test', true, 'evil@chatlink.test', 421],
  ['https://chatlink.test', true, '', 421],
  ['https://chatlink.test', true, '.', 421],
  ['https://chatlink.test:8443', true, 'chatlink.test.:8443', 200],
  ['https://chatlink.test:8443', true, 'chatlink.test', 421],
  ['https://chatlink.test:8443', true, 'chatlink.test:443', 421],
  ['http://chatlink.test', false, 'chatlink.test:80', 200],
  ['http://chatlink.test', false, 'chatlink.test:443', 421],
  ['http://localhost', false, '127.0.0.1:80', 200],
  ['https://chatlink.test', true, 'www.chatlink.test', 421],
  ['https://chatlink.test', true, 'chatlink.test:8443', 421],
  ['https://chatlink.test', true, 'localhost', 421],
  ['https://chatlink.test', true, undefined, 421],
  ['https://chatlink.test:8443', true, 'chatlink.test:8443', 200],
  ['http://localhost:3000', false, 'localhost:3000', 200],
  ['http://localhost:3000', false, '127.0.0.1:3000', 200],
  ['http://localhost:3000', false, 'localhost', 421],
  ['http://chatlink.test', false, '127.0.0.1', 421],
  ['https://localhost:3000', true, '127.0.0.1:3000', 421],
])('%s (production %s) for the host %s: %i', (publicUrl, production, host, status) => {
  expect(answer(publicUrl, production, host)).toBe(status);
});

test.each([
  ['https://chatlink.test', 'https://chatlink.test', true],
  ['https://chatlink.test', 'https://chatlink.test:443', true],
  ['https://chatlink.test', 'https://chatlink.test.', true],
  ['https://chatlink.test', 'https://chatlink.test.:443', true],
  ['https://chatlink.test', 'http://chatlink.test', false],
  ['https://chatlink.test', 'http://chatlink.test:443', false],
  ['https://chatlink.test', 'https://chatlink.test/', false],
  ['https://chatlink.test', 'https://chatlink.test, https://chatlink.test', false],
  ['https://chatlink.test', 'chatlink.test', false],
  ['https://chatlink.test', '//chatlink.test', false],
  ['https://chatlink.test', 'https://chatlink.test:444', false],
  ['https://chatlink.test', 'https://chatlink.test.evil.example', false],
  ['https://chatlink.test', 'null', false],
  ['https://chatlink.test', '', false],
  ['http://localhost:3000', 'http://127.0.0.1:3000', true],
])('to %s the origin %s is ours: %s', (publicUrl, origin, ours) => {
  expect(createHosts(new URL(publicUrl), false).isOurOrigin(origin)).toBe(ours);
});
