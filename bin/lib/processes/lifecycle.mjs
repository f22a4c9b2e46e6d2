import { reportFailure } from '../say.mjs';

/**
 * The one way out of a command that started others: what was started last ends first, then the process exits.
 * Signals lead here too. A second signal changes nothing: npm passes on what the terminal has already sent.
 */
export function lifecycle() {
  const abort = new AbortController();
  const endings = [];
  let leaving;

  async function leave(exitCode) {
    abort.abort();
    let code = exitCode;
    while (endings.length > 0) {
      try {
        await endings.pop()();
      } catch (error) {
        code = reportFailure(error);
      }
    }
    process.exit(code);
  }

  const life = {
    /** Aborted when the way out begins: given to every tool that runs meanwhile. */
    signal: abort.signal,
    get leaving() {
      return leaving !== undefined;
    },
    /** What a signal means for the exit code: 0 once the site stands, 130 while something is half done. */
    interruptedCode: 130,
    /** @param {() => unknown} ending */
    atEnd: (ending) => void endings.push(ending),
    /** Runs a start, and its stop at the end even when the signal came in the middle of starting. */
    async keep(starting, stop = (started) => started.stop()) {
      endings.push(async () => {
        const started = await starting.catch(() => undefined);
        if (started) await stop(started);
      });
      return starting;
    },
    /** @param {number} exitCode */
    leave(exitCode) {
      leaving ??= leave(exitCode);
      return leaving;
    },
    /** Runs a command's work; failures are reported once, and not at all when we are leaving anyway. */
    async run(work) {
      try {
        const code = await work();
        if (typeof code === 'number') await life.leave(code);
      } catch (error) {
        if (!leaving) await life.leave(reportFailure(error));
      }
    },
  };

  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => void life.leave(life.interruptedCode));
  }
  // Even our own mistakes leave no server behind.
  process.on('uncaughtException', (error) => void life.leave(reportFailure(error)));
  // When npm itself is killed, nobody would ever stop us: its end is ours.
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) void life.leave(life.interruptedCode);
    }, 500);
    watch.unref();
  }
  return life;
}
