import { systemClock } from '../kernel/clock.ts';
import { formatLocale } from '../kernel/locale.ts';

const locale = formatLocale(document.documentElement.lang);
const shapes: Record<string, Intl.DateTimeFormat> = {
  moment: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
  day: new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }),
  time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }),
};

const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short' });

function shapeOf(shape: string, at: Date): string {
  if (shape !== 'recent') return shape;
  return day.format(at) === day.format(systemClock.now()) ? 'time' : 'day';
}

/** Times in the zone of whoever reads; without scripts they are in UTC, and say so. */
export function showTimes(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-shape]')) {
    const at = new Date(time.dateTime);
    const shape = shapes[shapeOf(time.dataset.shape ?? '', at)];
    if (shape) time.textContent = shape.format(at);
    delete time.dataset.shape;
  }
}
