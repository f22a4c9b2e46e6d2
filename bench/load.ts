import { Child } from './child.ts';
import { settings } from './settings.ts';
import { ms, quantile, table } from './statistics.ts';

interface Answer {
  status: number;
  ms: number;
  retryAfter?: string | null;
}

function row(name: string, answers: readonly Answer[]): string[] {
  const times = answers.map((answer) => answer.ms);
  return [name, String(answers.length), ...[0.5, 0.99, 1].map((share) => ms(quantile(times, share)))];
}

function counts(answers: readonly Answer[]): string {
  const statuses = answers.map(({ status }) => status);
  return [...new Set(statuses)]
    .sort((a, b) => a - b)
    .map((status) => `${statuses.filter((s) => s === status).length} × ${status}`)
    .join(', ');
}

/** Floods the sign-in from one process and watches two pages from another; prints, and answers what was wrong. */
export async function load(port: number): Promise<string[]> {
  const [flood, watch] = [new Child('flood.ts', String(port)), new Child('watch.ts', String(port))];
  await Promise.all([flood.next(), watch.next()]);
  await watch.ask('begin');
  const start = performance.now();
  const signIns = await flood.ask<Answer[]>('go');
  const took = performance.now() - start;
  const [live, profile] = await watch.ask<[Answer[], Answer[]]>('end');
  flood.end();
  watch.end();

  console.log(
    `\n${settings.bursts} times ${settings.parallel} sign-ins at once, in ${(took / 1000).toFixed(1)} s: ${counts(signIns)}\n`,
  );
  const heading = ['milliseconds', 'answers', 'p50', 'p99', 'longest'];
  const answered = (status: number) => signIns.filter((answer) => answer.status === status);
  console.log(
    table([
      heading,
      row('/health/live meanwhile', live),
      row('/profile meanwhile', profile),
      row('sign-ins that were judged (422)', answered(422)),
      row('sign-ins that were turned away (503)', answered(503)),
    ]),
  );

  const faults: string[] = [];
  if (signIns.some(({ status }) => status !== 422 && status !== 503))
    faults.push(`sign-ins: ${counts(signIns)}`);
  if (signIns.some(({ status, retryAfter }) => status === 503 && !retryAfter))
    faults.push('503 without Retry-After');
  for (const [name, looks] of Object.entries({ '/health/live': live, '/profile': profile }))
    if (looks.some(({ status }) => status !== 200)) faults.push(`${name}: ${counts(looks)}`);
  return faults;
}
