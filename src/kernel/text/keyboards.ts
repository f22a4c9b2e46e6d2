/** Blank: no letter, or two. */
const keys = "`1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./";
const digits = ' '.repeat('1234567890-='.length);

const rows = {
  russian: `ё${digits}йцукенгшщзхъфывапролджэячсмитьбю `,
  ukrainian: `ґ${digits}йцукенгшщзхїфівапролджєячсмитьбю `,
  bulgarian: ` ${digits} уеишщксдзц ьяаожгтнвмчюйъэфхпрлб`,
  serbian: ` ${digits}љњертзуиопшђасдфгхјклчћѕџцвбнм   `,
  greek: ` ${digits} ςερτυθιοπ  ασδφγηξκλ  ζχψωβνμ   `,
  hebrew: ` ${digits}  קראטוןםפ  שדגכעיחלךף זסבהנמצתץ `,
  arabic: `ذ${digits}ضصثقفغعهخحجدشسيبلاتنمكطئءؤر ىةوزظ`,
  persian: ` ${digits}ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو  `,
  thai: ` ${digits}ๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝ`,
  hindi: ` ${digits}ौैाीूबहगदजड़ोे्िुपरकतचटॆंमनवलस  य`,
  georgian: ` ${digits}ქწერტყუიოპ  ასდფგჰჯკლ  ზხცვბნმ   `,
  kana: ` ${digits}たていすかんなにらせ゛゜ちとしはきくまのりれけつさそひこみもねるめ`,
  zhuyin: ` ㄅㄉˇˋㄓˊ˙ㄚㄞㄢㄦ ㄆㄊㄍㄐㄔㄗㄧㄛㄟㄣ  ㄇㄋㄎㄑㄕㄘㄨㄜㄠㄤ ㄈㄌㄏㄒㄖㄙㄩㄝㄡㄥ`,
  german: ` ${digits}          ü          öä          `,
  spanish: ` ${digits}                     ñ           `,
  turkish: ` ${digits}       ı  ğü         ş       öç `,
};

type Keyboard = ReadonlyMap<string, string>;

const keyboards: Keyboard[] = Object.values(rows).map(
  (row) =>
    new Map(Array.from(row, (letter, n) => [letter, keys[n]!] as const).filter(([letter]) => letter !== ' ')),
);

/** Dubeolsik (KS X 5002): the keys of decomposed Hangul, in Unicode's order (UAX #15). */
const pieces: [first: number, keys: string][] = [
  [0x1100, 'r R s e E f a q Q t T d w W c z x v g'],
  [0x1161, 'k o i O j p u P h hk ho hl y n nj np nl b m ml l'],
  [0x11a8, 'r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g'],
];
const hangul: Keyboard = new Map(
  pieces.flatMap(([first, row]) =>
    row.split(' ').map((key, n) => [String.fromCharCode(first + n), key] as const),
  ),
);

function typedOn(letters: string, keyboard: Keyboard): string | null {
  let typed = '';
  for (const letter of letters) {
    const key = letter < '\x80' ? letter : keyboard.get(letter);
    if (key === undefined) return null;
    typed += key;
  }
  return typed;
}

export function keysOf(text: string): string[] {
  const letters = text.normalize('NFC').toLowerCase();
  if (!/[^\0-\x7f]/.test(letters)) return [];
  const readings = keyboards.map((keyboard) => typedOn(letters, keyboard));
  const korean = typedOn(letters.normalize('NFKD'), hangul);
  return [...new Set([...readings, korean].filter((typed) => typed !== null))];
}
