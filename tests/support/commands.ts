import { Redis } from 'ioredis';
import { heardDuring } from './heard.ts';

/** What was sent by each client that is listened to, by the name that it calls itself. */
const heardOf = new Map<string, string[]>();

// oxlint-disable-next-line typescript/unbound-method -- called below with its own `this`
const { sendCommand } = Redis.prototype;
Redis.prototype.sendCommand = function (this: Redis, command: { name: string }, ...rest: unknown[]) {
  heardOf.get(this.options.connectionName ?? '')?.push(command.name);
  return Reflect.apply(sendCommand, this, [command, ...rest]) as unknown;
};

/**
 * Listens to what Redis clients that call themselves `who` send (`connectionName` in their URL): nothing is changed. Answers
 * the names of the commands that were sent while the work was done.
 */
export function listenToCommands(who: string) {
  const heard: string[] = [];
  heardOf.set(who, heard);
  return { during: (work: () => Promise<unknown>) => heardDuring(heard, work) };
}
