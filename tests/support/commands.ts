import { Redis } from 'ioredis';

interface Command {
  name: string;
  args: unknown[];
}

/**
 * Listens to what Redis clients that call themselves `who` send (`connectionName` in their URL): nothing is changed. Answers
 * the names of the commands that were sent while the work was done.
 */
export const listenToCommands = (who: string) => {
  const heard: string[] = [];
  // oxlint-disable-next-line typescript/unbound-method -- called below with its own `this`
  const { sendCommand } = Redis.prototype;
  Redis.prototype.sendCommand = function (this: Redis, command: Command, ...rest: unknown[]) {
    if (this.options.connectionName === who) heard.push(command.name);
    return Reflect.apply(sendCommand, this, [command, ...rest]) as unknown;
  };
  return {
    async during(work: () => Promise<unknown>): Promise<string[]> {
      const from = heard.length;
      await work();
      return heard.slice(from);
    },
  };
};
