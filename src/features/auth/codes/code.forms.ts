import { z } from 'zod';
import type { FormShape } from '../../../web/forms/forms.ts';

export const codeShape: FormShape = { texts: ['code'], secrets: ['code'] };
export const CodeForm = z.object({ code: z.string() });
