/** Why a picture can't be taken. Names are stored, so they never change. */
export const pictureFaults = [
  'empty',
  'too-large',
  'not-a-picture',
  'kind',
  'attached',
  'animated',
  'too-many-pixels',
  'too-slow',
  'too-heavy',
  'broken',
] as const;

export type PictureFault = (typeof pictureFaults)[number];
