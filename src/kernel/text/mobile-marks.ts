/** Where people write mobile numbers otherwise than they are called from abroad. Counts only for mobile numbers. */
const byCallingCode: Record<string, (national: string) => string | null> = {
  // Argentina: 9 from abroad only, 15 at home only (ITU Operational Bulletin).
  '54': (n) => {
    const [, area, rest] = /^0?(\d{2,4})15(\d{6,8})$/.exec(n) ?? [];
    if (area && rest && (area + rest).length === 10) return `9${area}${rest}`;
    return /^\d{10}$/.test(n) ? `9${n}` : null;
  },
  // Mexico: 1, 044, 045 and 01 until 3 August 2019 (IFT); chats still show the 1.
  '52': (n) => /^(?:1|01|044|045)(\d{10})$/.exec(n)?.[1] ?? null,
  // Brazil: nine digits since 6 November 2016 (Anatel); home calls may name a carrier.
  '55': (n) => {
    const [, area, rest] = /^(?:0(?:\d\d)?)?([1-9]\d)(9?[6-9]\d{7})$/.exec(n) ?? [];
    return area && rest ? `${area}${rest.length === 8 ? '9' : ''}${rest}` : null;
  },
  // Chile: eight digits, with 09 at home, until February 2016 (Subtel).
  '56': (n) => {
    const rest = /^(?:09)?([3-9]\d{7})$/.exec(n)?.[1];
    return rest ? `9${rest}` : null;
  },
  // Benin: 01 since 30 November 2024 (ARCEP Bénin).
  '229': (n) => (/^[2-9]\d{7}$/.test(n) ? `01${n}` : null),
  '380': (n) => /^80(\d{9})$/.exec(n)?.[1] ?? null, // Ukraine: 8 and 0 at home, until 2009
};

export function withMobileMark(callingCode: string, national: string): string | null {
  return byCallingCode[callingCode]?.(national) ?? null;
}
