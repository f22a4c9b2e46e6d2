import { z } from 'zod';
import type { Sent } from './sent.ts';

/** What a program gets of a message that was stored, be it a correction or not. */
export const SentJson = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  clientId: z.uuid(),
  change: z.int(),
});

export function sentJson({ seq, at, clientId, change }: Sent): z.infer<typeof SentJson> {
  return { seq, at: at.toISOString(), clientId, change };
}

/** The status of each reason why it was not. */
export const sentRefusals = {
  'signed-out': 401,
  nobody: 404,
  over: 409,
  hidden: 409,
  closed: 409,
  gone: 409,
  'too-long': 422,
  'contact-detail': 422,
  'too-often': 429,
  'too-fast': 429,
} as const;
