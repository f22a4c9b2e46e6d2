export const siteWords = ['chatlink', 'chat', 'link', 'language', 'languages', 'exchange', 'tandem'] as const;
