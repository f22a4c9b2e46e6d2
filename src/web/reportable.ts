import type { Viewer } from '../kernel/viewer.ts';

/** What one of the two wrote to the other, as it stood. */
export interface SaidWords {
  thing: string; // the message, by the word that reports use for it
  by: 'reporter' | 'reported';
  text: string | null; // null: deleted
  at: string;
}

/** What it was before it was changed or deleted: for whoever decides, and shown to nobody else. */
export interface SealedWords {
  thing: string;
  text: string;
  at: string;
}

/** `key`: in the media store. */
export interface PictureEvidence {
  kind: string;
  alt: string;
  key: string;
}

/** How something stood when it was reported: JSON. */
export interface Evidence {
  profile?: Readonly<Record<string, unknown>>;
  messages?: readonly SaidWords[];
  sealed?: readonly SealedWords[];
  pictures?: readonly PictureEvidence[];
}

export interface Reported {
  /** The same for everybody who reports it. */
  thing: string;
  personId: string | null; // null: their account is gone
  /** As the viewer may know them; null: somebody who is gone for them. */
  username: string | null;
  eitherIsMinor: boolean;
  /** The words that are reported; null: a person, or all of it. */
  quote: string | null;
  evidence: Evidence;
}

/** By what something is taken away: each gives back what it took, and what another took stays away. */
export interface Removal {
  id: string; // of the decision, or of the case that was sealed
  at: Date;
}

/** One kind of thing that can be reported. */
export interface Reportable {
  /** By what stands behind its kind in an address. Null: nothing that this viewer may see or report. */
  find(viewer: Viewer, id: string): Promise<Reported | null>;
  /** Takes it away from everybody, by what `find` called it; `personId`: whose it is. Where it is missing, nothing can be. */
  remove?(thing: string, personId: string, removal: Removal): Promise<void>;
  /** Gives it back. Both may be asked twice. */
  restore?(thing: string, personId: string, removal: Removal): Promise<void>;
}

/** What of a page of somebody's one feature takes away and gives back; each may be asked twice. */
export interface ProfileRemoval {
  remove(personId: string, removal: Removal): Promise<void>;
  restore(personId: string, removal: Removal): Promise<void>;
}

/** What a feature holds of a person, for a report of them; null: they are gone by now. `reporter`: null for a visitor. */
export type EvidenceOfPerson = (personId: string, reporter: Viewer | null) => Promise<Evidence | null>;
