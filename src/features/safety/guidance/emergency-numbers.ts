interface OneNumber {
  number: string;
  /** ISO 3166-1, alpha-2. */
  countries: readonly string[];
  source: string;
}

interface TwoNumbers {
  country: string;
  police: string;
  ambulance: string;
}

/** National numbering plans as Google's libphonenumber collects them, read in November 2026. */
const plans = 'ShortNumberMetadata.xml';

function of(codes: string): readonly string[] {
  return codes.split(' ');
}

/** Where one number brings police and ambulance. */
export const oneNumber: readonly OneNumber[] = [
  {
    number: '112',
    countries: of(
      'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK',
    ),
    source: 'Directive (EU) 2018/1972, art. 109',
  },
  { number: '112', countries: of('AZ CH FO GE GL IN KW KZ MC MD RU TR UA'), source: plans },
  { number: '911', countries: of('CA CR DO EC JO MX PA PH PR PY SV US UY VE'), source: plans },
  { number: '999', countries: of('BD BH GB HK KE MO MY QA UG'), source: plans },
  { number: '000', countries: of('AU'), source: plans },
  { number: '111', countries: of('NZ'), source: plans },
  { number: '123', countries: of('CO'), source: plans },
  { number: '9999', countries: of('OM'), source: plans },
];

/** Where they have numbers of their own; each stands in `plans`. */
export const twoNumbers: readonly TwoNumbers[] = [
  { country: 'AE', police: '999', ambulance: '998' },
  { country: 'AL', police: '129', ambulance: '127' },
  { country: 'AM', police: '102', ambulance: '103' },
  { country: 'AR', police: '911', ambulance: '107' },
  { country: 'BA', police: '122', ambulance: '124' },
  { country: 'BO', police: '110', ambulance: '118' },
  { country: 'BR', police: '190', ambulance: '192' },
  { country: 'BY', police: '102', ambulance: '103' },
  { country: 'CL', police: '133', ambulance: '131' },
  { country: 'CN', police: '110', ambulance: '120' },
  { country: 'CU', police: '106', ambulance: '104' },
  { country: 'EG', police: '122', ambulance: '123' },
  { country: 'ID', police: '110', ambulance: '119' },
  { country: 'IL', police: '100', ambulance: '101' },
  { country: 'IR', police: '110', ambulance: '115' },
  { country: 'JM', police: '119', ambulance: '110' },
  { country: 'JP', police: '110', ambulance: '119' },
  { country: 'KG', police: '102', ambulance: '103' },
  { country: 'KH', police: '117', ambulance: '119' },
  { country: 'KR', police: '112', ambulance: '119' },
  { country: 'LB', police: '112', ambulance: '140' },
  { country: 'MA', police: '19', ambulance: '15' },
  { country: 'ME', police: '122', ambulance: '124' },
  { country: 'MK', police: '192', ambulance: '194' },
  { country: 'MN', police: '102', ambulance: '103' },
  { country: 'NP', police: '100', ambulance: '102' },
  { country: 'PK', police: '15', ambulance: '1122' },
  { country: 'SA', police: '999', ambulance: '997' },
  { country: 'SG', police: '999', ambulance: '995' },
  { country: 'TH', police: '191', ambulance: '1669' },
  { country: 'TN', police: '197', ambulance: '190' },
  { country: 'TW', police: '110', ambulance: '119' },
  { country: 'VN', police: '113', ambulance: '115' },
  { country: 'ZA', police: '10111', ambulance: '10177' },
];

/** Every mobile phone takes these two for emergency calls, wherever it is (3GPP TS 22.101, 10.1.1). */
export const numbersOfPhones = ['112', '911'] as const;
