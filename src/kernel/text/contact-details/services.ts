import { wordSkeleton } from '../look-alikes.ts';
import { listed } from './readings.ts';

/** How surely a word means a service where people can be written to: "snap", "line" and "face" are words as well. */
export type Certainty = 'clear' | 'ambiguous';

const clearNames = listed(
  'instagram insta instagran whatsapp wasap wasapp guasap guasapp whatsap watsap watsapp wpp zapzap telegram telegramm telegran ' +
    'discord snapchat facebook tiktok yubo wizz skype wechat weixin viber kakaotalk kakao kik kik twitter vkontakte messenger ' +
    'threema wickr xiaohongshu douyin weibo qzone icq bereel bereal omegle vx vxin ig tg fb gmail hotmail icloud ' +
    'инста инстаграм инстаграмм инстаграмме инсте инсту инстой инстик телеграм телеграмм телега телегу телеге телеграме тг тгк вк вконтакте контакте вкшка ' +
    'вотсап вотсапп ватсап ватсапп вацап вотсапе ватсапе вайбер вайбере дискорд дискорде скайп скайпе снапчат снапчате тикток тиктоке фейсбук фейсбуке ' +
    'انستا انستقرام انستغرام انستجرام انستكرام واتساب واتس وتساب وتس تيليجرام تليجرام تلجرام تلغرام تيليغرام تيلجرام سناب سنابشات ديسكورد فيسبوك تويتر سكايب تيكتوك ' +
    'इंस्टा इंस्टाग्राम व्हाट्सएप व्हाट्सऐप वॉट्सऐप टेलीग्राम स्नैपचैट फेसबुक डिस्कॉर्ड',
);
const ambiguousNames = listed(
  '@ snap snapp snaps face whats whatss zap line signal steam zoom sc dc wa ins tele xbox psn roblox fortnite minecraft gamertag ign disc linkedin bluesky 👻 twitch threads qq wx vk yt teams tik tok ' +
    'email mail correo e-mail courriel ' +
    'снап снапе стим почта мыло فيس تيك توك شات ايميلي بريدي',
);
const inCjk =
  /微信|薇信|威信|维信|徽信|微x|v信|v.?x号|扣扣|企鹅号|电报|電報|抖音|小红书|小紅書|微博|脸书|臉書|推特|連我|らいん|いんすた|かかお|ついったー|でぃすこーど|てれぐらむ|すかいぷ|すなちゃ|てぃっくとっく|わっつあっぷ|ふぇいすぶっく|인스타|카카오|카톡|라인|텔레그램|디스코드/u;

const SKELETON_MIN = 4; // letters; below, too many words look alike
function skeletonsOf(names: readonly string[]): Set<string> {
  return new Set(names.filter((name) => name.length >= SKELETON_MIN).map(wordSkeleton));
}
const clear = new Set(clearNames);
const ambiguous = new Set(ambiguousNames);
const clearSkeletons = skeletonsOf(clearNames);
const snap = new Set(['snap', 'line'].map(wordSkeleton));

/** Russian cases, Turkish possessives. */
const endingsOfCase = /(?:ом|ам|ои|у|е|а|ы|(?<=.{4})'?(?:imda|imdan|im|um|da|de|dan|den))$/;
function stemsOf(word: string): string[] {
  const arabic = word.replace(/^[وبفلك]?(?:ال)?(?=.{3})/, '').replace(/(?<=.{3})(?:ي|ك|ه)$/, '');
  return [word, arabic, word.replace(endingsOfCase, '')];
}

const signLetters: Record<string, string> = { '@': 'a', $: 's', '!': 'i', '|': 'l' };
function lettered(word: string): string {
  return word.replace(/[@$!|](?=.)|(?<=.)[@$]/g, (sign) => signLetters[sign]!).replace(/[^\p{L}\p{N}]/gu, '');
}

/** Null: no service. */
export function serviceIn(word: string): Certainty | null {
  if (inCjk.test(word)) return 'clear';
  const stems = stemsOf(word);
  if (stems.some((stem) => clear.has(stem))) return 'clear';
  if (stems.some((stem) => ambiguous.has(stem))) return 'ambiguous';
  const letters = lettered(word);
  if (letters.length < SKELETON_MIN) return null;
  const skeleton = wordSkeleton(letters);
  if (clearSkeletons.has(skeleton)) return 'clear';
  return letters !== word && snap.has(skeleton)
    ? 'clear'
    : /\d/.test(word) && snap.has(skeleton)
      ? 'clear'
      : null;
}

/** Of the ambiguous words those that mean little else where people tell their names: not "face", "line", "signal". */
const social = new Set(
  listed('snap snaps snapp ins psn xbox roblox fortnite minecraft gamertag ign twitch 👻'),
);
export function isSocial(word: string): boolean {
  return social.has(word);
}

export function isServiceName(word: string): boolean {
  return serviceIn(word) !== null;
}
