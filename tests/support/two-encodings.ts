function pair(language: string, password: string): [string, string, string] {
  return [language, password.normalize('NFC'), password.normalize('NFD')];
}

/** Passwords in NFC, and as another keyboard sends them. */
export const inTwoEncodings: [language: string, normal: string, other: string][] = [
  pair('German and Spanish', 'Überraschung für Señor Mañana'),
  pair('French', 'forêt dérobée à Noël'),
  pair('Vietnamese', 'đường về nhà thật xa'),
  pair('Korean', '노란 우산 아래 고양이'),
  pair('Japanese', 'がっこうのプールでペンギン'),
  pair('Greek', 'πράσινη θάλασσα ξανά'),
  pair('Russian', 'зелёный чайник поёт'),
  pair('Arabic', 'آخر أسئلة القهوة'),
  ['the ångström sign', 'ten \u00c5 of copper foil', 'ten \u212b of copper foil'],
  // In NFC these stand in two pieces (composition exclusions).
  ['Hindi', '\u091c\u093cमीन पर \u0915\u093cलम', '\u095bमीन पर \u0958लम'],
  ['Hebrew', '\u05e9\u05c1לום על הגג', '\ufb2aלום על הגג'],
  // Accents in another order.
  ['two accents of one letter', 'vi\u1ec7t kho\u1ea3ng tr\u1eddi', 'vie\u0302\u0323t kho\u1ea3ng tr\u1eddi'],
];
