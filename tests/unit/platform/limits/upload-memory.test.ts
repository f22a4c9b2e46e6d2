import { expect, test } from '@jest/globals';
import { message } from '../../../../src/kernel/message.ts';
import { createUploadMemory, type UploadRoom } from '../../../../src/platform/limits/upload-memory.ts';
import { createUploadTurns } from '../../../../src/platform/pictures/upload-turns.ts';

/** Begins an upload; what it holds is free again at `end`. */
function begin(hold: <T>(work: (room: UploadRoom) => Promise<T>) => Promise<T>) {
  let end = () => {};
  let room!: UploadRoom;
  const ended = hold((given) => {
    room = given;
    return new Promise<void>((resolve) => (end = resolve));
  });
  let granted = 0;
  const grow = (bytes: number) => {
    const wait = room.grow(bytes);
    if (wait) void wait.then(() => (granted += bytes));
    else granted += bytes;
  };
  return { grow, granted: () => granted, end: () => (end(), ended) };
}
function settle() {
  return new Promise((resolve) => setImmediate(resolve));
}

test('room is taken as bytes come, and is free again at the end', async () => {
  const memory = createUploadMemory({ room: 100, open: 10 }, message('web.error.down'));
  const [first, second, third] = [
    begin((work) => memory.hold(work)),
    begin((work) => memory.hold(work)),
    begin((work) => memory.hold(work)),
  ];
  first.grow(60);
  second.grow(40);
  third.grow(1);
  expect([first.granted(), second.granted(), third.granted()]).toEqual([60, 40, 0]);
  expect(memory.load()).toEqual({ running: 2, waiting: 1 });
  await second.end();
  await settle();
  expect(third.granted()).toBe(1);
  await Promise.all([first.end(), third.end()]);
  expect(memory.load()).toEqual({ running: 0, waiting: 0 });
});

test('the oldest always goes on, and is followed by whoever becomes the oldest', async () => {
  const memory = createUploadMemory({ room: 100, open: 10 }, message('web.error.down'));
  const all = [
    begin((work) => memory.hold(work)),
    begin((work) => memory.hold(work)),
    begin((work) => memory.hold(work)),
  ] as const;
  for (const one of all) one.grow(33);
  for (const one of all) one.grow(33);
  expect(all.map((one) => one.granted())).toEqual([66, 33, 33]);
  all[0].grow(100);
  expect(all[0].granted()).toBe(166);
  await all[0].end();
  await settle();
  expect(all.map((one) => one.granted())).toEqual([166, 66, 33]);
  await all[1].end();
  await settle();
  expect(all[2].granted()).toBe(66);
  await all[2].end();
});

test('nobody overtakes those who wait, and who leaves the line is forgotten', async () => {
  const memory = createUploadMemory({ room: 10, open: 10 }, message('web.error.down'));
  const [first, second, third] = [
    begin((work) => memory.hold(work)),
    begin((work) => memory.hold(work)),
    begin((work) => memory.hold(work)),
  ];
  first.grow(5);
  second.grow(6);
  third.grow(1);
  expect([second.granted(), third.granted()]).toEqual([0, 0]);
  await second.end();
  await settle();
  expect(third.granted()).toBe(1);
  await Promise.all([first.end(), third.end()]);
  expect(memory.load()).toEqual({ running: 0, waiting: 0 });
});

test('one more than may be under way is told to come back', async () => {
  const memory = createUploadMemory({ room: 10, open: 2 }, message('web.error.down'));
  const [first, second] = [begin((work) => memory.hold(work)), begin((work) => memory.hold(work))];
  await expect(memory.hold(async () => {})).rejects.toMatchObject({
    status: 503,
    said: message('web.error.down'),
  });
  await first.end();
  const third = begin((work) => memory.hold(work));
  await Promise.all([second.end(), third.end()]);
});

test('what is small never waits for what is large', async () => {
  const turns = createUploadTurns({ usual: { room: 10, open: 10 }, small: { room: 10, open: 10 } });
  const large = Array.from({ length: 10 }, (_, n) =>
    begin((work) => turns.take(`large ${n >> 1}`, 10_000_000, work)),
  );
  await settle();
  for (const one of large) one.grow(20);
  expect(turns.load()).toEqual({ running: 1, waiting: 9 });
  const small = begin((work) => turns.take('small', 7_000, work));
  await settle();
  small.grow(7);
  expect(small.granted()).toBe(7);
  await Promise.all([small.end(), ...large.map((one) => one.end())]);
  expect(turns.load()).toEqual({ running: 0, waiting: 0 });
});
