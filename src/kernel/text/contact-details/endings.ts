import { createRequire } from 'node:module';
import { domainToUnicode } from 'node:url';
import { listed } from './readings.ts';

// JSON, which not every Node that we support can import without a warning.
const tlds = createRequire(import.meta.url)('tlds') as string[]; // IANA's root zone

/** As people say them in other scripts. */
const saidEndings = 'ком ру нет орг рф كوم نت اورج кз бай コム ジェーピー 닷컴 컴 公司 网络';

export const allEndings: ReadonlySet<string> = new Set([
  ...tlds,
  ...listed(tlds.map((tld) => domainToUnicode(tld)).join(' ')),
  ...listed(saidEndings),
]);

/** Words of no language we know: with one of them behind a dot, anything is a link. */
export const clearEndings: ReadonlySet<string> = new Set([
  ...'com net org info biz io gg tv fm ly xyz site online store shop app dev blog page club website click link space'.split(
    ' ',
  ),
  ...'icu vip fun edu gov ru su ua by kz fr uk jp cn tw kr br eu ch nl pl dk fi cz gr tr il sa ae eg ma tn dz pk'.split(
    ' ',
  ),
  ...'hk sg vn th ph mx cl pe uy ee gl cc ws chat social live me.uk co.uk'.split(' '),
  ...listed('рф ком рус онлайн сайт كوم 中国 网址 みんな 한국'),
]);

/** Words, all the same, where the dot is not written. */
export const wordEndings: ReadonlySet<string> = new Set(
  'site online store shop app blog page club website click link space fun social chat live by id'.split(' '),
);

/** Countries whose endings are words of some language. */
export const saidCountries: ReadonlySet<string> = new Set(
  'de es it at in me us ca au be se no pt ch to is id do la my so am online site'.split(' '),
);

export const mailProviders: ReadonlySet<string> = new Set(
  listed(
    'gmail googlemail gmial hotmail outlook yahoo ymail icloud proton protonmail gmx web libero virgilio tiscali mail ' +
      'yandex rambler bk inbox list aol live msn orange wanadoo laposte free posteo sapo uol bol terra qq 163 126 sina foxmail ' +
      'naver daum hanmail docomo softbank ezweb au t-online ' +
      'гмейл гмаил джимейл джимэйл мейл мэйл маил яндекс рамблер جيميل جميل هوتميل ياهو اوتلوك ايميل ' +
      'ジーメール ヤフー ホットメール アウトルック 지메일 네이버',
  ),
);

/** Without an ending they are words. */
export const clearProviders: ReadonlySet<string> = new Set(
  [...mailProviders].filter(
    (name) =>
      !/^(?:web|mail|list|live|free|orange|terra|au|bk|inbox|163|126|qq|yahoo|proton|мейл|маил)$/.test(name),
  ),
);
