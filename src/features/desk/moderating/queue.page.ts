import { later } from '../../../kernel/clock.ts';
import { message, shownMoment } from '../../../kernel/message.ts';
import { deskPolicy } from '../policy.ts';
import { type Filter, filters, type QueuePart, type QueueRow } from '../cases/cases.ts';
import { bandName, kindName, stateName } from '../cases/case-words.ts';

function isLate({ state, since }: QueueRow, now: Date): boolean {
  const target = state === 'appealed' ? deskPolicy.appealTarget : deskPolicy.target;
  return state !== 'closed' && since <= later(now, -target);
}

function rowView(row: QueueRow, isFull: boolean, now: Date) {
  return {
    path: `/desk/cases/${row.id}`,
    kind: kindName(row.kind),
    reason: message(`safety.report.reason.${row.reason}`),
    state: stateName(row.state),
    band: bandName(row.band),
    minor: row.involvesMinor,
    selfHarm: row.reason === 'self-harm',
    reporters: row.reporters,
    many: row.reporters >= deskPolicy.manyReporters,
    since: shownMoment(row.since),
    isClosed: row.state === 'closed',
    late: isLate(row, now),
    aboutStaff: row.aboutStaff && row.state !== 'closed',
    heldBy: row.mine ? null : row.heldBy,
    mine: row.mine,
    take: row.mayTake && !row.mine && !isFull ? `/desk/cases/${row.id}/take` : null,
  };
}

/** The model of `desk/queue`. */
export function queuePage({ rows, all, held, waiting }: QueuePart, filter: Filter, now: Date) {
  const isFull = held >= deskPolicy.heldAtOnce;
  return {
    title: message('desk.queue.title'),
    filters: filters.map((name) => ({
      path: name === 'open' ? '/desk' : `/desk?show=${name}`,
      label: message(`desk.queue.filter.${name}`),
      count: name === 'closed' ? 0 : waiting[name],
      current: name === filter,
    })),
    rows: rows.map((row) => rowView(row, isFull, now)),
    full: isFull ? message('desk.queue.full', { count: held }) : null,
    more: all > rows.length ? message('desk.queue.more', { count: rows.length, all }) : null,
    nothing: {
      heading: message(filter === 'open' ? 'desk.queue.nothing.heading' : 'desk.queue.nothing.filtered'),
      text: message(filter === 'open' ? 'desk.queue.nothing.text' : 'desk.queue.nothing.filteredText'),
    },
  };
}
