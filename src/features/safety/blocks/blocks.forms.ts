import { z } from 'zod';
import { isUuid } from '../../../kernel/ids.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import type { Place } from './blocks.store.ts';

export const personShape: FormShape = { texts: ['username'] };
export const PersonForm = z.object({ username: z.string() });

export const blockShape: FormShape = { texts: ['id'] };
export const BlockForm = z.object({ id: z.string() });

export const listShape: FormShape = { texts: ['after'] };

/** Where a page of the list ended, as it stands in an address. Anything else is the beginning. */
export function writePlace({ at, id }: Place): string {
  return `${at.getTime()}_${id}`;
}

function readPlace(text: string): Place | null {
  const [moment = '', id = ''] = text.split('_');
  return /^\d{1,14}$/.test(moment) && isUuid(id) ? { at: new Date(Number(moment)), id } : null;
}

export const ListForm = z.object({ after: z.string().transform(readPlace) });
