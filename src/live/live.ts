/** Why a socket is closed; `bye` says it. */
export type Why = 'signed-out' | 'restart' | 'away' | 'too-many' | 'binary' | (string & {});

export type Which = 'all' | { sessions: readonly string[] };

/** What features tell people who have a page open, or an app. Nothing here may be relied upon. */
export interface Live {
  /** To all sockets of a person. `data` is plain JSON. Those of this process hear it without Redis. */
  tell(userId: string, event: string, data: object): void;
  /** Closes a person's sockets in all processes, after `bye { why }`. */
  end(userId: string, which: Which, why: Why): void;
}
