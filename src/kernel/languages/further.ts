/** English name; own name; where it isn't the code alone, the tag (BCP 47) of what the own name is written in. */
export type FurtherLanguage = readonly [english: string, own: string, writtenIn?: string];

/** Languages that ISO 639-1 has no code for, by BCP 47 (decision 0049). */
export const spokenLanguages = {
  // Chinese
  yue: ['Cantonese', '粵語'],
  nan: ['Hokkien', '閩南語', 'nan-Hant'],
  wuu: ['Wu Chinese', '吴语'],
  hak: ['Hakka Chinese', '客家話', 'hak-Hant'],
  // Arabic
  arz: ['Egyptian Arabic', 'مصري'],
  apc: ['Levantine Arabic', 'شامي'],
  ary: ['Moroccan Arabic', 'الدارجة'],
  acm: ['Mesopotamian Arabic', 'عراقي'],
  afb: ['Gulf Arabic', 'خليجي'],
  // Asia
  bho: ['Bhojpuri', 'भोजपुरी'],
  ckb: ['Central Kurdish', 'کوردیی ناوەندی'],
  hmn: ['Hmong', 'Hmoob'],
  kok: ['Konkani', 'कोंकणी'],
  mai: ['Maithili', 'मैथिली'],
  prs: ['Dari', 'دری'],
  // Philippines; for Filipino see `tl`
  ceb: ['Cebuano', 'Binisaya'],
  hil: ['Hiligaynon', 'Ilonggo'],
  ilo: ['Ilocano', 'Ilokano'],
  // Europe
  ast: ['Asturian', 'asturianu'],
  bar: ['Bavarian', 'Boarisch'],
  cnr: ['Montenegrin', 'crnogorski', 'cnr-Latn'],
  gsw: ['Swiss German', 'Schwiizertüütsch'],
  lad: ['Ladino', 'djudeo-espanyol', 'lad-Latn'],
  nap: ['Neapolitan', 'napulitano'],
  nds: ['Low German', 'Plattdüütsch'],
  rom: ['Romany', 'romani čhib'],
  scn: ['Sicilian', 'sicilianu'],
  sco: ['Scots', 'Scots leid'],
  vec: ['Venetian', 'veneto'],
  // Africa
  kab: ['Kabyle', 'Taqbaylit'],
  nso: ['Northern Sotho', 'Sesotho sa Leboa'],
  pcm: ['Nigerian Pidgin', 'Naijíriá Píjin'],
  // America and the Pacific
  chr: ['Cherokee', 'ᏣᎳᎩ'],
  haw: ['Hawaiian', 'ʻŌlelo Hawaiʻi'],
  nah: ['Nahuatl', 'nāhuatl', 'nah-Latn'],
  quc: ['K’iche’', 'Qatzijobʼal'],
  // Creoles; Haitian and Bislama have codes of ISO 639-1
  gcf: ['Antillean Creole', 'kréyòl'],
  jam: ['Jamaican Patois', 'Patwa'],
  kea: ['Cape Verdean Creole', 'kabuverdianu'],
  mfe: ['Mauritian Creole', 'kreol morisien'],
  pap: ['Papiamento', 'Papiamentu'],
  srn: ['Sranan Tongo', 'Sranantongo'],
  tpi: ['Tok Pisin', 'Tok Pisin'],
  // Made
  tok: ['Toki Pona', 'toki pona'],
} as const satisfies Record<string, FurtherLanguage>;
