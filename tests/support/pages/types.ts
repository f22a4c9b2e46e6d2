import type { Message } from '../../../src/kernel/message.ts';
import type { SiteLocals } from '../../../src/web/views/views.ts';

/** One page in one state: what a route would hand to `res.render`. */
export type CataloguePage = {
  /** Unique, and readable in an address: `sign-up-with-errors`. */
  name: string;
  view: string;
  model: { title: Message | string } & Record<string, unknown>;
  signedIn?: boolean;
  /** What differs from an ordinary request. */
  site?: Partial<SiteLocals>;
};

export type Option = { value: string; label: string };
