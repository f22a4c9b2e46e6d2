import { listed } from './readings.ts';

export const SAID_DOT = '\ue000';
export const SAID_AT = '\ue001';
/** "at", which is a word as well. */
export const WEAK_AT = '\ue002';
/** "punto", which is a word as well. */
export const WEAK_DOT = '\ue004';
export const SPACED_DOT = '\ue003';

function words(list: string): string {
  return listed(list)
    .map((word) => word.replaceAll('-', '[ -]?'))
    .join('|');
}
const border = ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'] as const;

const dots = words('dot puntocom دوت ドット どっと 点 點 닷 डॉट');
const weakDots = words('punto punkt point ponto pt точка тчк نقطة 점 nokta てん');
const ats = words(
  'arroba arobase arrobase arobas chiocciola klammeraffe aet ät собака собачка собак آت ات آد ارت アットマーク あっと 艾特 圈a 골뱅이 एट kuyruklu-a at-zeichen at-sign ett',
);
const bracketedDot = new RegExp(`[ ]?[\\[({<]{1,3} ?(?:\\.|${dots}|${weakDots}) ?[\\])}>]{1,3}[ ]?`, 'gu');
const bracketedAt = new RegExp(`[ ]?[\\[({<]{1,3} ?(?:@|at|a|${ats}) ?[\\])}>]{1,3}[ ]?`, 'gu');
const cjkDot = /(?<=[\p{L}\p{N}]) ?(?:点|點|どっと|てん) ?(?=[a-z]{2})|(?<=[a-z]) ?(?:点|點) ?(?=\p{L})/gu;
const cjkAt = /(?<=[a-z0-9]) ?(?:あっとまーく|あっと|艾特|圈a|골뱅이) ?(?=[\p{L}\p{N}])/gu;
const saidDot = new RegExp(`[ -]?${border[0]}(?:${dots})${border[1]}[ -]?`, 'gu');
const weakDot = new RegExp(`[ -]?${border[0]}(?:${weakDots})${border[1]}[ -]?`, 'gu');
const saidAt = new RegExp(`[ -]?${border[0]}(?:${ats})${border[1]}[ -]?`, 'gu');
const weakAt = new RegExp(`[ -]${border[0]}at${border[1]}[ -]`, 'gu');
const saidSlash = new RegExp(
  ` ${border[0]}(?:${words('slash barra schrägstrich слеш слэш سلاش スラッシュ')})${border[1]} `,
  'gu',
);

export const anyDot = `[.${SAID_DOT}${SPACED_DOT}${WEAK_DOT}]`;

/** Spelled signs of an address in one sign each. */
export function addressReading(text: string): string {
  return text
    .replace(bracketedDot, SAID_DOT)
    .replace(bracketedAt, SAID_AT)
    .replace(cjkAt, SAID_AT)
    .replace(cjkDot, SAID_DOT)
    .replace(saidDot, SAID_DOT)
    .replace(weakDot, WEAK_DOT)
    .replace(saidAt, SAID_AT)
    .replace(weakAt, WEAK_AT)
    .replace(saidSlash, '/')
    .replace(/ ([.,。．]) /g, SPACED_DOT)
    .replace(/[。．｡](?=[a-z])/g, '.')
    .replace(/(?<=[a-z0-9]) ?@ (?=[a-z])|(?<=[a-z0-9]) @(?=[a-z0-9-]{1,30}[.\ue000\ue003\ue004])/g, '@');
}
