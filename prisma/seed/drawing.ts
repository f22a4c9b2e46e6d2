const skins = { fair: '#f3cfb3', sand: '#e3b08a', olive: '#c98f66', brown: '#9a623f', dark: '#5f3a28' };
const hairs = { black: '#22201f', brown: '#5a3825', ginger: '#b4562a', blond: '#d9ae5f', grey: '#b9b6b1' };
const colours = {
  lagoon: '#0f766e',
  coral: '#e2654a',
  night: '#1f2a44',
  mint: '#a7dccb',
  cream: '#f6e7c8',
  plum: '#7a3b69',
  sky: '#9cc7e8',
  sun: '#f0b740',
};

type Style = 'short' | 'bob' | 'long' | 'bun' | 'curls' | 'bald' | 'scarf';
type Colour = keyof typeof colours;

/** Behind the head and the shoulders, and over the forehead. */
const styles: Record<Style, { behind: string; before: string }> = {
  short: { behind: '', before: '<path d="M170 222q-6-104 86-104t86 104q-20-46-58-50-52 22-114 50z"/>' },
  bob: {
    behind: '<rect x="150" y="120" width="212" height="214" rx="92"/>',
    before: '<path d="M172 224q-4-92 84-92t84 92q-34-52-84-52t-84 52z"/>',
  },
  long: {
    behind: '<path d="M256 104q-118 0-114 140l-16 196h260l-16-196q4-140-114-140z"/>',
    before: '<path d="M172 236q0-104 84-104t84 104q-12-60-70-76-30 56-98 76z"/>',
  },
  bun: {
    behind: '<circle cx="256" cy="96" r="46"/>',
    before: '<path d="M170 224q-4-100 86-100t86 100q-24-54-86-54t-86 54z"/>',
  },
  curls: {
    behind: '<path d="M256 96q-136 0-128 148 8 74 52 84h152q44-10 52-84 8-148-128-148z"/>',
    before:
      '<circle cx="192" cy="164" r="34"/><circle cx="236" cy="140" r="36"/><circle cx="286" cy="142" r="36"/><circle cx="324" cy="168" r="32"/>',
  },
  bald: { behind: '', before: '' },
  scarf: {
    behind: '<path d="M256 96q-124 0-118 152 4 120-34 170h304q-38-50-34-170 6-152-118-152z"/>',
    before: '<path d="M164 238q-10-122 92-122t92 122q-22-74-92-74t-92 74z"/>',
  },
};

interface Face {
  skin: keyof typeof skins;
  style: Style;
  /** Of the hair, or of the scarf. */
  hair: keyof typeof hairs | Colour;
  shirt: Colour;
  ground: Colour;
  glasses?: true;
  beard?: true;
}

function svg(inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">${inside}</svg>`;
}

/** Of nobody: a head, what it wears, and a smile. */
export function face({ skin, style, hair, shirt, ground, glasses, beard }: Face): string {
  const { behind, before } = styles[style];
  const hairColour = { ...hairs, ...colours }[hair];
  return svg(
    `<rect width="512" height="512" fill="${colours[ground]}"/><g fill="${hairColour}">${behind}</g>
    <path d="M72 512q6-134 184-134t184 134z" fill="${colours[shirt]}"/>
    <g fill="${skins[skin]}"><path d="M214 300h84v78q-42 40-84 0z"/><ellipse cx="256" cy="236" rx="84" ry="106"/></g>
    ${beard ? `<path d="M172 246q8 100 84 100t84-100q-18 34-84 34t-84-34z" fill="${hairColour}"/>` : ''}
    <g fill="${hairColour}">${before}</g>
    <g fill="#2a211d"><circle cx="222" cy="236" r="9"/><circle cx="290" cy="236" r="9"/></g>
    <path d="M226 290q30 28 60 0" fill="none" stroke="${beard ? '#fff' : '#8c3f35'}" stroke-width="9" stroke-linecap="round"/>
    ${glasses ? '<g fill="none" stroke="#2a211d" stroke-width="7"><circle cx="220" cy="238" r="29"/><circle cx="292" cy="238" r="29"/><path d="M249 236h14"/></g>' : ''}`,
  );
}

/** For those who show no face: a sun or moon over hills, or over waves. */
export function view(over: 'hills' | 'waves', [sky, light, near, far]: readonly Colour[]): string {
  const lines = {
    hills: ['M0 330l120-110 110 90 130-150 152 160v192H0z', 'M0 420q150-110 270-20t242-50v162H0z'],
    waves: ['M0 310q64-44 128 0t128 0 128 0 128 0v202H0z', 'M0 396q64-44 128 0t128 0 128 0 128 0v116H0z'],
  }[over];
  return svg(
    `<rect width="512" height="512" fill="${colours[sky!]}"/><circle cx="350" cy="150" r="62" fill="${colours[light!]}"/>
    <path d="${lines[0]}" fill="${colours[far!]}"/><path d="${lines[1]}" fill="${colours[near!]}"/>`,
  );
}
