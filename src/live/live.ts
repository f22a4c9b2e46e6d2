/** Why a socket is closed; `bye` says it. */
export type Why = 'signed-out' | 'restart' | 'away' | 'too-many' | 'binary' | (string & {});

export type Which = 'all' | { sessions: readonly string[] };

/** Hears who comes to this process and leaves it. */
export interface PeopleListener {
  /** Their first socket here is open. */
  came(userId: string): void;
  /** Their last one here has closed. */
  went(userId: string): void;
  /** Again and again, while anybody is here. */
  tick(here: readonly string[]): Promise<void>;
}

/** What features tell people who have a page open, or an app. Nothing here may be relied upon. */
export interface Live {
  /** To all sockets of a person. `data` is plain JSON. Those of this process hear it without Redis. */
  tell(userId: string, event: string, data: object): void;
  /** Closes a person's sockets in all processes, after `bye { why }`. */
  end(userId: string, which: Which, why: Why): void;
  listen(listener: PeopleListener): void;
}
