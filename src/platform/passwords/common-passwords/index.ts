export * from './asian.ts';
export * from './cyrillic.ts';
export * from './latin.ts';
export * from './phrases.ts';
export * from './southern.ts';
