import { Redis } from 'ioredis';
import { heardDuring } from './heard.ts';

/**
 * Listens to what Redis clients that call themselves `who` send (`connectionName` in their URL): nothing is changed. Answers
 * the names of the commands that were sent while the work was done.
 */
export const listenToCommands = (who: string) => {
  const heard: string[] = [];
  // oxlint-disable-next-line typescript/unbound-method -- called below with its own `this`
  const { sendCommand } = Redis.prototype;
  Redis.prototype.sendCommand = function (this: Redis, command: { name: string }, ...rest: unknown[]) {
    if (this.options.connectionName === who) heard.push(command.name);
    return Reflect.apply(sendCommand, this, [command, ...rest]) as unknown;
  };
  return { during: (work: () => Promise<unknown>) => heardDuring(heard, work) };
};
