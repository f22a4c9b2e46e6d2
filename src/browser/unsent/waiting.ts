/** What was written and is not stored yet, in the order it was written. */
export interface Waiting {
  n?: number;
  clientId: string;
  member: string;
  with: string;
  text: string;
  language: string;
  answers: string;
  at: number;
  /** Why it was not taken; absent: it waits for its turn. */
  refused?: string;
}

export interface WaitingStore {
  all: () => Promise<Waiting[]>;
  put: (one: Waiting) => Promise<void>;
  delete: (n: number) => Promise<void>;
}
