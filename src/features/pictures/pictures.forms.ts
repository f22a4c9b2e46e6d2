import { z } from 'zod';
import type { FormBody } from '../../web/forms/body.ts';
import { type FormError, type FormShape, type FormValues, takeFields } from '../../web/forms/forms.ts';
import type { SentFile } from '../../web/forms/multipart.ts';
import { writtenText } from '../../web/forms/written-text.ts';
import { directions } from './pictures.ts';
import { altLimits } from './policy.ts';

/** The file's own field is a text as well: a form that is sent without its file's bytes names it. */
export const avatarShape: FormShape = { texts: ['avatar'] };
export const photoShape: FormShape = { texts: ['photo', 'alt'] };
export const altShape: FormShape = { texts: ['alt'] };
export const moveShape: FormShape = { texts: ['to'] };

const Alt = writtenText('description', altLimits);
export const AltForm = z.object({ alt: Alt });
export const MoveForm = z.object({ to: z.enum(directions) });

export type ReadPicture =
  | { ok: true; file: SentFile; alt: string }
  | { ok: false; values: FormValues; errors: FormError[] };

/** Reads a form of one picture, in the field that is first in its shape. */
export function readPicture(shape: FormShape, body: FormBody, files: readonly SentFile[]): ReadPicture {
  const field = shape.texts[0]!;
  const given = takeFields(shape, body);
  const values = { ...given, [field]: '' };

  const errors: FormError[] = [];
  const [file] = files;
  if (!file) errors.push({ name: field, text: 'Choose a picture.' });
  else if (files.length > 1) errors.push({ name: field, text: 'Please send one picture at a time.' });
  const alt = AltForm.safeParse({ alt: given.alt ?? '' });
  if (!alt.success) errors.push({ name: 'alt', text: alt.error.issues[0]!.message });

  return file && alt.success && errors.length === 0
    ? { ok: true, file, alt: alt.data.alt }
    : { ok: false, values, errors };
}
