import { z } from 'zod';
import { issue, message } from '../../kernel/message.ts';
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
  .min(1, issue('pictures.upload.none'))
  .max(1, issue('pictures.upload.several'))
  .transform(([file]) => file!.bytes);
const Alt = writtenText(message('pictures.photo.describe.what'), altLimits);
export const AvatarForm = z.object({ avatar: Picture });
export const PhotoForm = z.object({ photo: Picture, alt: Alt });
export const AltForm = z.object({ alt: Alt });
/** Of a photo that the address names. */
export const OnePhoto = z.object({ id: z.string() });
