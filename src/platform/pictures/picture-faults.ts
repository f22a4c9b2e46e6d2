import { pictureLimits } from './picture-rules.ts';

export const pictureFaults = {
  empty: 'The file is empty. Please choose a picture.',
  'too-large': `The picture is larger than ${pictureLimits.megabytes} MB. Please choose a smaller one.`,
  'not-a-picture': "This file isn't a picture. Please choose a JPEG, PNG, WebP, HEIC or AVIF picture.",
  kind: "We can't show this kind of picture. Please choose a JPEG, PNG, WebP, HEIC or AVIF picture.",
  attached:
    "This file has something after the picture that doesn't belong to it. Open it, save it as a new JPEG or PNG, and send that.",
  animated: "Animated pictures don't work here. Please choose a still one.",
  'too-many-pixels': `The picture has more than ${pictureLimits.megapixels} megapixels. Please make it smaller first.`,
  'too-slow': 'The picture takes too long to open. Please save it as a JPEG and try that.',
  'too-heavy': 'The picture takes too much memory to open. Please save it as a smaller JPEG and try that.',
  broken: 'The picture is damaged or incomplete. Please choose another one, or save it again.',
} as const;

export type PictureFault = keyof typeof pictureFaults;
