/** A failure that was foreseen: its message is for the person at the terminal, no stack trace. */
export class Stop extends Error {
  /** @param {string} message @param {number} [exitCode] */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

const out = process.stdout;
function paint(code, text) {
  return out.isTTY && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
}

// The terminal may be closed while there is still something to stop: what cannot be said is not said.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

export function say(text = '') {
  out.write(`${text}\n`);
}
export function warn(text) {
  process.stderr.write(`${text}\n`);
}

/** 12 ms, 3.4 s: what a person reads at a glance. */
export function duration(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

export function line(mark, text, ms) {
  return say(`${mark} ${text}  ${paint(2, duration(ms))}`);
}
export function done(text, ms) {
  return line(paint(32, '✓'), text, ms);
}
export function failed(text, ms) {
  return line(paint(31, '✗'), text, ms);
}

/**
 * Runs one step and prints its one line. `work` may return a text that says better what happened than `title`.
 * On a terminal the title stands there while the work goes on, so that a slow install is no silent one; not when
 * others write there meanwhile (`pending: false`).
 */
export async function step(title, work, { pending = true } = {}) {
  const start = performance.now();
  const waits = out.isTTY && pending;
  if (waits) out.write(`… ${title}`);
  const clear = () => waits && out.write('\r\u001b[K');
  try {
    const result = await work();
    clear();
    if (result === false) return result; // What there is to say, the caller says.
    done(typeof result === 'string' ? result : title, performance.now() - start);
    return result;
  } catch (error) {
    clear();
    failed(title, performance.now() - start);
    throw error;
  }
}

/** The system's refusals to write, which have one cause here: somebody else made the files. */
const refusals = {
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

/** The last word of every command: a plain sentence for what was foreseen, the stack for what was not. */
export function reportFailure(error) {
  const why = error?.path && refusals[error.code];
  if (error instanceof Stop) warn(`\n${error.message}`);
  else if (why) {
    warn(`\nCannot write ${error.dest ?? error.path}: ${why}.`);
    if (why === 'not permitted') {
      warn(
        'Was this folder used by another user before? Run as that user, or take it over: sudo chown -R "$(id -un)" .',
      );
    }
  } else warn(`\n${error?.stack ?? error}`);
  return error instanceof Stop ? error.exitCode : 1;
}
