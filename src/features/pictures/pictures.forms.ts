import { z } from 'zod';
import type { FormShape } from '../../web/forms/forms.ts';
import type { SentFile } from '../../web/forms/multipart.ts';
import { writtenText } from '../../web/forms/written-text.ts';
import { altLimits } from './policy.ts';

/** The file's own field is a text as well: a form that is sent without its file's bytes names it. */
export const avatarShape: FormShape = { texts: ['avatar'] };
export const photoShape: FormShape = { texts: ['photo', 'alt'] };
export const altShape: FormShape = { texts: ['alt'] };

/** The one file of a field. */
const Picture = z
  .array(z.custom<SentFile>())
  .min(1, 'Choose a picture.')
  .max(1, 'Please send one picture at a time.')
  .transform(([file]) => file!.bytes);
const Alt = writtenText('description', altLimits);
export const AvatarForm = z.object({ avatar: Picture });
export const PhotoForm = z.object({ photo: Picture, alt: Alt });
export const AltForm = z.object({ alt: Alt });
/** Of a photo that the address names. */
export const OnePhoto = z.object({ id: z.string() });
