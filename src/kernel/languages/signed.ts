import type { FurtherLanguage } from './further.ts';

/** Their own names are written in the language around them: signs have no everyday writing. */
export const signLanguages = {
  ase: ['American Sign Language', 'ASL', 'en'],
  asf: ['Auslan', 'Auslan', 'en'],
  bfi: ['British Sign Language', 'BSL', 'en'],
  bzs: ['Brazilian Sign Language', 'Libras', 'pt'],
  csl: ['Chinese Sign Language', '中国手语', 'zh'],
  fsl: ['French Sign Language', 'langue des signes française', 'fr'],
  gsg: ['German Sign Language', 'Deutsche Gebärdensprache', 'de'],
  ils: ['International Sign', 'International Sign', 'en'],
  ins: ['Indian Sign Language', 'भारतीय सांकेतिक भाषा', 'hi'],
  ise: ['Italian Sign Language', 'lingua dei segni italiana', 'it'],
  jsl: ['Japanese Sign Language', '日本手話', 'ja'],
  kvk: ['Korean Sign Language', '한국 수어', 'ko'],
  mfs: ['Mexican Sign Language', 'lengua de señas mexicana', 'es'],
  ssp: ['Spanish Sign Language', 'lengua de signos española', 'es'],
} as const satisfies Record<string, FurtherLanguage>;
