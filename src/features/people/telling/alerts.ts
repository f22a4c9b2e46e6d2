/** Whom somebody waits for: who speaks the one language and learns the other. */
export interface Pair {
  speaks: string;
  learns: string;
}
