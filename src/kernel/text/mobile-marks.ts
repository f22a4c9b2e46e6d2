/**
 * Countries whose people write their mobile numbers otherwise than they are called from abroad: with a mark less, or with
 * one that is no more. What is made here counts only where it is a mobile number.
 */
const byCallingCode: Record<string, (national: string) => string | null> = {
  // Argentina: 9 is dialled from abroad only, 15 at home only (ITU Operational Bulletin, numbering plan of 54).
  '54': (n) => {
    const [, area, rest] = /^0?(\d{2,4})15(\d{6,8})$/.exec(n) ?? [];
    if (area && rest && (area + rest).length === 10) return `9${area}${rest}`;
    return /^\d{10}$/.test(n) ? `9${n}` : null;
  },
  // Mexico: 1 from abroad, 044, 045 and 01 at home, until 3 August 2019 (IFT); chats still show the 1.
  '52': (n) => /^(?:1|01|044|045)(\d{10})$/.exec(n)?.[1] ?? null,
  // Brazil: mobiles have nine digits since 6 November 2016 (Anatel); chats still show eight. Home calls may name a carrier.
  '55': (n) => {
    const [, area, rest] = /^(?:0(?:\d\d)?)?([1-9]\d)(9?[6-9]\d{7})$/.exec(n) ?? [];
    return area && rest ? `${area}${rest.length === 8 ? '9' : ''}${rest}` : null;
  },
  // Chile: mobiles were eight digits, with 09 before them at home, until February 2016 (Subtel).
  '56': (n) => {
    const rest = /^(?:09)?([3-9]\d{7})$/.exec(n)?.[1];
    return rest ? `9${rest}` : null;
  },
  // Benin: every number has 01 before it since 30 November 2024 (ARCEP Bénin).
  '229': (n) => (/^[2-9]\d{7}$/.test(n) ? `01${n}` : null),
  // Ukraine: 8 and 0 at home, until 2009.
  '380': (n) => /^80(\d{9})$/.exec(n)?.[1] ?? null,
};

/** The national number as it is called from abroad; null where a country has no such ways, or this is none of them. */
export function withMobileMark(callingCode: string, national: string): string | null {
  return byCallingCode[callingCode]?.(national) ?? null;
}
