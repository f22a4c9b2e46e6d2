import unhomoglyph from 'unhomoglyph';
import { scriptSkeleton } from './look-alikes.ts';
import { withoutInvisible } from './typed.ts';

/** Whole words of a display name that only the site may be called by, in the languages where they are such words. */
const roles =
  'admin admins administrator administrators administration moderator moderators official staff support security ' +
  'helpdesk sysadmin webmaster ' +
  'administrador administradora moderador moderadora soporte suporte oficial administrateur administratrice modérateur ' +
  'modératrice officiel assistance amministratore moderatore ufficiale administratorin moderatorin offiziell yönetici ' +
  'moderatör админ администратор модератор поддержка адмін адміністратор підтримка официальный διαχειριστής ' +
  'مشرف المشرف مدير الإدارة الدعم אדמין מנהל תמיכה moderation kundendienst kundenservice поддержки';
/** The same where words are not kept apart. */
const unspacedRoles =
  '管理员 管理員 管理者 客服 官方 运营 運營 運営 版主 サポート 公式 관리자 운영자 고객센터 แอดมิน ผู้ดูแลระบบ';
/** What many a learner may say, too ("Help me learn"); beside nothing but each other and `besideDesk` they are a desk. */
const deskWords = 'help team service billing verified verification safety';
const besideDesk = 'desk center centre line customer care trust account accounts the and page bot';
const SITE = 'chatlink';

/** Small letters of one script may be drawn like the capitals of another ("м", "т"), so both are looked at. */
function bothCases(text: string): string[] {
  return [text, text.toUpperCase()];
}
function skeletons(words: string): string[] {
  return words.split(' ').flatMap((word) => bothCases(word).map(scriptSkeleton));
}
const roleSkeletons = new Set(skeletons(roles));
const unspaced = skeletons(unspacedRoles);
const desk = new Set(skeletons(deskWords));
const beside = new Set([...desk, ...skeletons(besideDesk)]);
const [site] = skeletons(SITE);

/** Signs that stand for letters in disguised words. */
const signLetters: Record<string, string> = { '@': 'a', $: 's', '!': 'i', '|': 'l', '€': 'e' };

function isSitesVoice(reading: string): boolean {
  const found = reading.match(/[\p{L}\p{M}\p{N}\p{So}]+/gu) ?? [];
  const words = found.map(scriptSkeleton);
  const whole = words.join('');
  if (whole.includes(site!) || roleSkeletons.has(whole)) return true;
  if (unspaced.some((role) => whole.includes(role))) return true;
  if (words.some((word) => desk.has(word)) && words.every((word) => beside.has(word))) return true;
  const numbered = found.map((word) => scriptSkeleton(word.replace(/^\p{N}+|\p{N}+$/gu, '')));
  const unsigned = words.map((word) => word.replace(/\p{So}/gu, ''));
  return [...words, ...numbered, ...unsigned].some((word) => roleSkeletons.has(word));
}

/** Whether a display name could be taken for the site's own voice: by its words, as they look, in any script. */
export function speaksForSite(displayName: string): boolean {
  const typed = withoutInvisible(displayName);
  const text = typed.normalize('NFKC');
  const lettered = text.replace(/[@$!|€](?=\p{L})|(?<=\p{L})[@$!|€]/gu, (sign) => signLetters[sign]!);
  // NFKC makes another letter of some look-alikes (\u03F9, a C, is a sigma to it).
  return [text, lettered, scriptSkeleton(unhomoglyph(typed))].flatMap(bothCases).some(isSitesVoice);
}
