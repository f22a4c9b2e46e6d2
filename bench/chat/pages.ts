import { get } from 'node:http';
import { browsersAccept } from '../../tests/support/wire.ts';
import { settings } from '../settings.ts';
import { quantile } from '../statistics.ts';
import type { Person } from './build.ts';
import { chatSettings } from './settings.ts';

const host = new URL(settings.publicUrl).host;

function timeOf(port: number, path: string, cookie: string): Promise<number> {
  const start = performance.now();
  const headers = { host, cookie, accept: 'text/html', 'accept-encoding': browsersAccept };
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, headers }, (res) => {
      res.resume();
      res.on('end', () =>
        res.statusCode === 200
          ? resolve(performance.now() - start)
          : reject(new Error(`${path} answered ${res.statusCode}`)),
      );
    }).on('error', reject);
  });
}

/** One after the other: a long conversation at its ends and in its middle, and pages of somebody with many chats. */
export async function pageTimes(port: number, [ann, ben, , other]: readonly Person[]) {
  const long = chatSettings.longConversation;
  const asked: [string, string, Person][] = [
    [`the last of ${long} messages`, `/chats/${ben!.username}`, ann!],
    [`the middle of ${long} messages`, `/chats/${ben!.username}?before=${long / 2}`, ann!],
    [`the first of ${long} messages`, `/chats/${ben!.username}?before=51`, ann!],
    ['a short conversation', `/chats/c000002`, other!],
    [`the list of ${chatSettings.chats} chats`, '/chats', ann!],
    [`/profile with ${chatSettings.chats} chats`, '/profile', ann!],
    ['/profile with one chat', '/profile', other!],
  ];
  const found: { what: string; p50: number; p99: number }[] = [];
  for (const [what, path, { cookie }] of asked) {
    const times: number[] = [];
    for (let n = 0; n < chatSettings.pages; n++) times.push(await timeOf(port, path, cookie));
    const warm = times.slice(chatSettings.pages / 10);
    found.push({ what, p50: quantile(warm, 0.5), p99: quantile(warm, 0.99) });
  }
  return found;
}
