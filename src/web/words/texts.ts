/** Every message of a locale, by its key. */
export type Texts = ReadonlyMap<string, string>;
