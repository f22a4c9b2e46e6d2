/** With fewer people the site calls itself small. */
export const SMALL_BELOW = 2_000;
