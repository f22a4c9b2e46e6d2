/** What of the day's first hellos a viewer said, and may say. */
export interface CountedHellos {
  hellos: number;
  most: number;
  usual: number; // once the account is no new one
  freeAt: Date | null; // when the next may be said
}
