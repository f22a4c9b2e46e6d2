import { days } from '../../kernel/clock.ts';

/** RFC 9116, 2.5.5 recommends less than a year. */
export const securityTxtLifetime = days(180);

/** The words of /terms are those of this day. */
export const termsChangedAt = new Date(Date.UTC(2026, 11, 1));
