/** Words of the site itself, which many people would build a password from. */
export const siteWords = ['chatlink', 'chat', 'link', 'language', 'languages', 'exchange', 'tandem'] as const;
