/** Codes are stored, so they never change. No health, faith, politics, origin or love (GDPR, article 9). */
export const interestGroups = [
  {
    code: 'arts',
    interests: ['drawing', 'painting', 'photography', 'calligraphy', 'design', 'pottery', 'sewing'],
  },
  { code: 'music', interests: ['music', 'instruments', 'singing', 'concerts', 'dancing', 'theatre'] },
  { code: 'stories', interests: ['films', 'series', 'anime', 'novels', 'poetry', 'writing', 'podcasts'] },
  {
    code: 'games',
    interests: ['board-games', 'video-games', 'chess', 'programming', 'electronics', 'cars', 'trains'],
  },
  { code: 'home', interests: ['cooking', 'baking', 'coffee', 'tea', 'gardening', 'diy', 'fashion'] },
  { code: 'nature', interests: ['hiking', 'camping', 'birdwatching', 'stargazing', 'sea', 'cats', 'dogs'] },
  {
    code: 'sport',
    interests: [
      'football',
      'basketball',
      'volleyball',
      'tennis',
      'running',
      'cycling',
      'swimming',
      'climbing',
      'martial-arts',
      'yoga',
      'skiing',
    ],
  },
  {
    code: 'world',
    interests: [
      'travel',
      'languages',
      'history',
      'philosophy',
      'science',
      'economics',
      'architecture',
      'museums',
      'volunteering',
    ],
  },
] as const;

export type Interest = (typeof interestGroups)[number]['interests'][number];

export const interestCodes: readonly Interest[] = interestGroups.flatMap(({ interests }) => interests);

export function isInterest(code: string): code is Interest {
  return (interestCodes as readonly string[]).includes(code);
}
