import type { Outcome, Refusal, SignedOut } from '../../../kernel/outcome.ts';
import type { ContactDetail } from '../../../kernel/text/contact-details/contact-details.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Caller } from '../../../web/act.ts';

/** What somebody sends. */
export interface Words {
  with: string;
  text: string;
  clientId: string;
  language?: string | null;
  answers?: number | null;
  corrects?: number | null;
  note?: string | null;
}

export interface Sent {
  seq: number;
  at: Date;
  clientId: string;
  with: string;
  change: number;
  accepted: boolean; // it answered a hello of theirs, so both are partners now
}

/** `closed`: one message until the other answers. `over`: the other is gone, or nobody to the viewer. `gone`: what it points to. */
export type WhyNotSent =
  | SignedOut
  | Refusal<'nobody' | 'over' | 'hidden' | 'closed' | 'gone'>
  | Refusal<'too-fast', { retryInMs: number }>
  | Refusal<'too-long', { most: number; count: number }>
  | Refusal<'contact-detail', { kind: ContactDetail; isHello: boolean }>
  | Refusal<'too-often', { retryInMs: number; most: number; usual: number }>;
export type SendOutcome = Outcome<Sent, WhyNotSent>;

export type SendWords = (viewer: Viewer, words: Words, caller: Caller) => Promise<SendOutcome>;
