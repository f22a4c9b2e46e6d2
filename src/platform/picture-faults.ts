/** Why a picture is refused, and what its sender is told. Nothing of a refused picture is kept. */
export const pictureFaults = {
  empty: 'The file is empty. Please choose a picture.',
  'too-large': 'The picture is larger than 10 MB. Please choose a smaller one.',
  'not-a-picture': 'This file is not a picture. Please choose a JPEG, PNG, WebP, HEIC or AVIF picture.',
  kind: 'Pictures of this kind cannot be shown here. Please choose a JPEG, PNG, WebP, HEIC or AVIF picture.',
  mislabelled: 'The file says it is another kind of picture than it is. Please save it again and send that.',
  attached: 'Something else is attached to the picture. Please save it again as a plain picture.',
  animated: 'The picture moves. Please choose a still one.',
  'too-many-pixels': 'The picture has more than 40 megapixels. Please make it smaller first.',
  'too-slow': 'The picture takes too long to read. Please save it as a JPEG and send that.',
  'too-heavy': 'The picture takes too much memory to read. Please save it as a smaller JPEG and send that.',
  broken: 'The picture is damaged or incomplete. Please choose another one, or save it again.',
} as const;

export type PictureFault = keyof typeof pictureFaults;
