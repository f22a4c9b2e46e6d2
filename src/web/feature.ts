import type { RequestHandler } from 'express';
import type { Subscription } from '../events/event-type.ts';
import type { Message, Value } from '../kernel/message.ts';
import type { Job, Timer } from '../platform/queue/jobs.ts';
import type { PersonQuestion } from '../platform/stores/question.ts';
import type { Prisma } from '../platform/stores/db.ts';
import type { Metrics } from '../platform/watching/metrics.ts';
import type { AnyAct } from './act.ts';
import type { Forms } from './forms/form-rules.ts';
import type { Hints } from './hint.ts';
import type { MayFetch } from './media.ts';
import type { EvidenceOfPerson, ProfileRemoval, Reportable } from './reportable.ts';
import type { FooterLink } from './views/footer.ts';
import type { NavItem } from './views/nav.ts';
import type { Opened } from './request/security-headers.ts';
import type { SitePaths } from './session/site-paths.ts';
import type { Slots } from './views/slots.ts';

/** What a feature is made of; `mountFeatures` makes the site of them. */
export interface Feature {
  name: string;
  pages?: RequestHandler;
  /** Pages that search engines may list, as they are without a query. */
  findable?: readonly string[];
  /** Each is declared by one feature. */
  paths?: Partial<Omit<SitePaths, 'formPage'>>;
  nav?: readonly NavItem[];
  /** Links below every page. */
  footer?: readonly FooterLink[];
  /** On pages of other features. */
  slots?: Slots;
  forms?: Forms;
  acts?: readonly AnyAct[];
  /** What pages are shown of what is told to sockets, by its event. */
  hints?: Hints;
  jobs?: readonly Job[];
  timers?: readonly Timer[];
  /** Facts of earlier features. */
  on?: readonly Subscription[];
  privacy?: PersonalData;
  /** Who may fetch what lies under `/media`, by its kind. */
  media?: Readonly<Record<string, MayFetch>>;
  /** What can be reported, by the word before the colon of its address: `person:mika`. */
  reportable?: Readonly<Record<string, Reportable>>;
  evidenceOfPerson?: EvidenceOfPerson;
  profileRemoval?: ProfileRemoval;
  /** Who showed whom since a moment that they are not wanted: rows of "what" (a decline, a block, a report), "personId", "byId" and "at". */
  unwelcome?: (since: Date) => Prisma.Sql;
  /** Whether a person of alias `u` has reached the viewer: hidden or not, they can be blocked and reported. */
  acquainted?: PersonQuestion;
  /** Hears at once, after the commit, who has blocked whom. Never fails. */
  onBlocked?: (userId: string, otherId: string) => Promise<void>;
  /** The same of whoever has asked for the end of their account. */
  onLeaving?: (userId: string) => Promise<void>;
  /** What pages of these paths may ask a browser for. */
  permissions?: Opened;
  /** Adds numbers that are read whenever somebody asks. */
  metrics?: (metrics: Metrics) => void;
}

/** One kind of thing that is kept about people, as the page on privacy tells it. */
export interface Kept {
  /** Models of the schema that hold it; none: it lies outside the database. */
  tables: readonly string[];
  name: Message;
  what: Message;
  why: Message;
  until: Message;
  seenBy: Message;
}

/** What lies in a browser for the site's sake. */
export interface KeptInBrowser {
  name: string; // of the cookie, without `__Host-`
  why: Message;
  until: Message;
}

/** What a feature keeps about people. */
export interface PersonalData {
  kept?: readonly Kept[];
  cookies?: readonly KeptInBrowser[];
  export?: Exporter;
  /** Deletes what lies outside the database. May be asked twice. Features are asked from the last to the first. */
  erase?: (userId: string) => Promise<void>;
}

export type Exporter = (userId: string) => Promise<DataExport>;

/** Sections of the JSON by name, and files beside it. */
export interface DataExport {
  sections: Record<string, unknown>;
  /** What each of them is, for people to read. */
  explained: Record<string, Message>;
  /** What codes in them stand for: "de" is German. */
  names?: Record<string, Value>;
  /** In the media store, each with its path in the ZIP. */
  files?: readonly { path: string; key: string }[];
}
