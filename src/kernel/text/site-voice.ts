import unhomoglyph from 'unhomoglyph';
import { scriptSkeleton } from './look-alikes.ts';
import { withoutInvisible } from './typed.ts';

/** Reserved for the site, in languages with spaces between words. */
const roles =
  'admin admins administrator administrators administration moderator moderators official staff support security ' +
  'helpdesk sysadmin webmaster ' +
  'administrador administradora moderador moderadora soporte suporte oficial administrateur administratrice modérateur ' +
  'modératrice officiel assistance amministratore moderatore ufficiale administratorin moderatorin offiziell yönetici ' +
  'moderatör админ администратор модератор поддержка адмін адміністратор підтримка официальный διαχειριστής ' +
  'مشرف المشرف مدير الإدارة الدعم אדמין מנהל תמיכה moderation kundendienst kundenservice поддержки';
const unspacedRoles =
  '管理员 管理員 管理者 客服 官方 运营 運營 運営 版主 サポート 公式 관리자 운영자 고객센터 แอดมิน ผู้ดูแลระบบ';
/** Learners may say these ("Help me learn"), unless only with each other and `besideDesk`. */
const deskWords = 'help team service billing verified verification safety';
const besideDesk = 'desk center centre line customer care trust account accounts the and page bot';
const SITE = 'chatlink';

/** Small letters may look like another script's capitals ("м", "т"). */
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

export function speaksForSite(displayName: string): boolean {
  const typed = withoutInvisible(displayName);
  const text = typed.normalize('NFKC');
  const lettered = text.replace(/[@$!|€](?=\p{L})|(?<=\p{L})[@$!|€]/gu, (sign) => signLetters[sign]!);
  // NFKC changes some look-alikes (U+03F9, a C, becomes a sigma).
  return [text, lettered, scriptSkeleton(unhomoglyph(typed))].flatMap(bothCases).some(isSitesVoice);
}
