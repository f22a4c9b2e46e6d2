import { Queue as BullQueue } from 'bullmq';
import type { TestHouse } from './house.ts';
import { settled } from './security.ts';

type Queue = 'messages' | 'security';

async function withQueue<T>(
  { stores }: TestHouse,
  name: Queue,
  work: (queue: BullQueue) => Promise<T>,
): Promise<T> {
  const queue = new BullQueue(`{${name}}`, { connection: stores.redis });
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}

/** For how long each job waits that waits on purpose, in milliseconds, to the second; the shortest first. */
export async function waitsOf(house: TestHouse, name: Queue): Promise<number[]> {
  await settled(house);
  const jobs = await withQueue(house, name, (queue) => queue.getDelayed());
  return jobs.map((job) => Math.round(job.delay / 1000) * 1000).sort((a, b) => a - b);
}

/** Lets jobs that wait on purpose have their turn now, as if their time had come. */
export async function endWaiting(house: TestHouse, name: Queue): Promise<void> {
  await settled(house);
  await withQueue(house, name, async (queue) => {
    for (const job of await queue.getDelayed()) await job.promote();
  });
  await settled(house);
}
