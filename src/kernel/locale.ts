/** Of dates and numbers. "25 Nov 2026" is read everywhere; "Nov 25" only in some places. */
export function formatLocale(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale;
}
