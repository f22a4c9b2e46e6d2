/** Codes are stored, so they never change. No health, faith, politics, origin or love (GDPR, article 9). */
const byGroup: Record<string, Record<string, string>> = {
  'Arts and crafts': {
    drawing: 'Drawing',
    painting: 'Painting',
    photography: 'Photography',
    calligraphy: 'Calligraphy',
    design: 'Design',
    pottery: 'Pottery',
    sewing: 'Sewing and knitting',
  },
  'Music and stage': {
    music: 'Listening to music',
    instruments: 'Playing an instrument',
    singing: 'Singing',
    concerts: 'Concerts',
    dancing: 'Dancing',
    theatre: 'Theatre',
  },
  'Stories and screens': {
    films: 'Films',
    series: 'TV series',
    anime: 'Anime and manga',
    novels: 'Novels',
    poetry: 'Poetry',
    writing: 'Writing',
    podcasts: 'Podcasts',
  },
  'Games and machines': {
    'board-games': 'Board games',
    'video-games': 'Video games',
    chess: 'Chess',
    programming: 'Programming',
    electronics: 'Electronics',
    cars: 'Cars and motorbikes',
    trains: 'Trains',
  },
  'Food and home': {
    cooking: 'Cooking',
    baking: 'Baking',
    coffee: 'Coffee',
    tea: 'Tea',
    gardening: 'Gardening',
    diy: 'DIY',
    fashion: 'Fashion',
  },
  'Nature and animals': {
    hiking: 'Hiking',
    camping: 'Camping',
    birdwatching: 'Birdwatching',
    stargazing: 'Stargazing',
    sea: 'The sea',
    cats: 'Cats',
    dogs: 'Dogs',
  },
  Sport: {
    football: 'Football',
    basketball: 'Basketball',
    volleyball: 'Volleyball',
    tennis: 'Tennis',
    running: 'Running',
    cycling: 'Cycling',
    swimming: 'Swimming',
    climbing: 'Climbing',
    'martial-arts': 'Martial arts',
    yoga: 'Yoga',
    skiing: 'Skiing',
  },
  'World and mind': {
    travel: 'Travel',
    languages: 'Languages and linguistics',
    history: 'History',
    philosophy: 'Philosophy',
    science: 'Science',
    economics: 'Economics',
    architecture: 'Architecture',
    museums: 'Museums',
    volunteering: 'Volunteering',
  },
};

export interface Interest {
  code: string;
  label: string;
}

export const interestGroups: readonly { label: string; interests: readonly Interest[] }[] = Object.entries(
  byGroup,
).map(([label, interests]) => ({
  label,
  interests: Object.entries(interests).map(([code, name]) => ({ code, label: name })),
}));

const labels = new Map(
  interestGroups.flatMap(({ interests }) => interests).map(({ code, label }) => [code, label]),
);
export const interestCodes: readonly string[] = [...labels.keys()];

export function interestLabel(code: string): string | null {
  return labels.get(code) ?? null;
}
