import type { CalendarDate } from './age.ts';
import { ageEverywhere } from './age-band.ts';

interface ConsentAge {
  age: number;
  law: string;
}

const gdpr = 'GDPR, art. 8(1)';
const france: ConsentAge = { age: 15, law: 'Loi 78-17, art. 45' };
/** Parts of France with codes of their own, where its law holds as well (art. 125 of it). */
const ofFrance = ['BL', 'GF', 'GP', 'MF', 'MQ', 'NC', 'PF', 'PM', 'RE', 'TF', 'WF', 'YT'];

/**
 * From which age people consent by themselves to what is done with their data, where a law sets one: all of the European Economic
 * Area, and elsewhere where it is above 13. Where parts of a country differ, the highest.
 */
export const consentAges: Readonly<Record<string, ConsentAge>> = {
  AT: { age: 14, law: 'Datenschutzgesetz, § 4(4)' },
  BE: { age: 13, law: 'Wet van 30 juli 2018, art. 7' },
  BG: { age: 14, law: 'Zakon za zashtita na lichnite danni, art. 25c' },
  BR: { age: 16, law: 'Lei 15.211/2025, art. 24; Código Civil, art. 3' },
  CA: { age: 14, law: 'Québec, CQLR c. P-39.1, s. 4.1' },
  CL: { age: 14, law: 'Ley 19.628 (Ley 21.719), art. 16 quáter' },
  CN: { age: 14, law: 'Personal Information Protection Law, art. 31' },
  CO: { age: 18, law: 'Ley 1581 de 2012, art. 7; Decreto 1377 de 2013, art. 12' },
  CY: { age: 14, law: 'Law 125(I)/2018, s. 8' },
  CZ: { age: 15, law: 'Zákon č. 110/2019 Sb., § 7' },
  DE: { age: 16, law: gdpr },
  DK: { age: 15, law: 'Databeskyttelsesloven, § 6(2), since 2024' },
  EC: { age: 15, law: 'Ley Orgánica de Protección de Datos Personales, art. 21' },
  EE: { age: 13, law: 'Isikuandmete kaitse seadus, § 8' },
  EG: { age: 18, law: 'Law 151/2020, art. 12; Law 12/1996, art. 2' },
  ES: { age: 14, law: 'Ley Orgánica 3/2018, art. 7' },
  FI: { age: 13, law: 'Tietosuojalaki, § 5' },
  FR: france,
  GE: { age: 16, law: 'Law on Personal Data Protection of 2023, art. 7' },
  GR: { age: 15, law: 'Law 4624/2019, art. 21' },
  HR: { age: 16, law: 'Zakon o provedbi Opće uredbe o zaštiti podataka, čl. 19' },
  HU: { age: 16, law: gdpr },
  ID: { age: 18, law: 'UU 27/2022, art. 25; UU 35/2014, art. 1' },
  IE: { age: 16, law: 'Data Protection Act 2018, s. 31' },
  IN: { age: 18, law: 'Digital Personal Data Protection Act 2023, s. 9' },
  IS: { age: 13, law: 'Lög nr. 90/2018, gr. 10' },
  IT: { age: 14, law: 'Codice in materia di protezione dei dati personali, art. 2-quinquies' },
  KE: { age: 18, law: 'Data Protection Act 2019, s. 33' },
  KR: { age: 14, law: 'Personal Information Protection Act, art. 22-2' },
  LI: { age: 16, law: gdpr },
  LT: { age: 14, law: 'Asmens duomenų teisinės apsaugos įstatymas, 6 str.' },
  LU: { age: 16, law: gdpr },
  LV: { age: 13, law: 'Fizisko personu datu apstrādes likums, 33. pants' },
  MK: { age: 14, law: 'Law on Personal Data Protection of 2020, art. 12' },
  MT: { age: 13, law: 'Subsidiary Legislation 586.11' },
  MU: { age: 16, law: 'Data Protection Act 2017, s. 30' },
  MY: { age: 18, law: 'Personal Data Protection Regulations 2013, reg. 3' },
  NG: { age: 18, law: 'Data Protection Act 2023, s. 31; Child’s Right Act 2003, s. 277' },
  NL: { age: 16, law: 'Uitvoeringswet AVG, art. 5' },
  NO: { age: 13, law: 'Personopplysningsloven, § 5' },
  PE: { age: 14, law: 'Decreto Supremo 003-2013-JUS, art. 28' },
  PL: { age: 16, law: gdpr },
  PT: { age: 13, law: 'Lei 58/2019, art. 16' },
  RO: { age: 16, law: gdpr },
  RS: { age: 15, law: 'Zakon o zaštiti podataka o ličnosti, čl. 16' },
  RW: { age: 16, law: 'Law 058/2021, art. 9' },
  SE: { age: 13, law: 'Lag (2018:218), 2 kap. 4 §' },
  SI: { age: 15, law: 'Zakon o varstvu osebnih podatkov (ZVOP-2), čl. 8' },
  SK: { age: 16, law: 'Zákon č. 18/2018 Z. z., § 15' },
  TH: { age: 20, law: 'Personal Data Protection Act 2019, s. 20; Civil and Commercial Code, s. 19' },
  TN: { age: 18, law: 'Loi organique 2004-63, art. 28' },
  UG: { age: 18, law: 'Data Protection and Privacy Act 2019, s. 8' },
  VN: { age: 16, law: 'Law 91/2025/QH15, art. 24; Law 102/2016/QH13, art. 1' },
  ZA: { age: 18, law: 'Protection of Personal Information Act 2013, s. 1 and 35' },
  ...Object.fromEntries(ofFrance.map((code) => [code, france])),
};

const ages = new Map(Object.entries(consentAges).map(([country, { age }]) => [country, age]));

/** Then what rests on consent stays off. */
export function isBelowConsentAge(country: string, born: CalendarDate, now: Date): boolean {
  return ageEverywhere(born, now) < (ages.get(country) ?? 0);
}
