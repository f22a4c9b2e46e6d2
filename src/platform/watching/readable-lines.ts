const known = new Set(['level', 'time', 'msg', 'err', 'pid', 'hostname']);

interface Line {
  level: number;
  time: number;
  msg?: string;
  err?: { type?: string; message?: string; stack?: string };
}

function request({ id, method, route, status, ms, aborted }: Record<string, unknown>): string {
  return [method, route, status, `${String(ms)} ms`, aborted && 'aborted', Number(status) >= 500 && id]
    .filter(Boolean)
    .join(' ');
}

function rest(line: Record<string, unknown>): string {
  return Object.entries(line)
    .filter(([key]) => !known.has(key))
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
}

function levelWord(level: number): string {
  return level >= 50 ? 'ERROR ' : level >= 40 ? 'WARN ' : '';
}

/** "14:03:07 GET /people/:username 200 12 ms". */
export function readable(json: string): string {
  const line = JSON.parse(json) as Line & Record<string, unknown>;
  const at = new Date(line.time).toTimeString().slice(0, 8);
  const { msg = '', err } = line;
  const said = msg === 'request' ? request(line) : msg + rest(line);
  const why = err ? `\n  ${err.type}: ${err.message}\n${err.stack ?? ''}` : '';
  return `${at} ${levelWord(line.level)}${said}${why}\n`;
}
