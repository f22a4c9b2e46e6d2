import { formatLocale } from '../kernel/locale.ts';

const locale = formatLocale(document.documentElement.lang);
const shapes: Record<string, Intl.DateTimeFormat> = {
  moment: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
  day: new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }),
  time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }),
};

/** Times in the zone of whoever reads; without scripts they are in UTC, and say so. */
export function showTimes(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-shape]')) {
    const shape = shapes[time.dataset.shape ?? ''];
    if (shape) time.textContent = shape.format(new Date(time.dateTime));
    delete time.dataset.shape;
  }
}
