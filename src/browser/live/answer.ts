/** What an act came to. `lost`: nobody knows. */
export interface Answer {
  ok: boolean;
  reason?: string;
  says?: string;
  retryInMs?: number;
  errors?: readonly { field: string; message: string }[];
}

export type Fields = Readonly<Record<string, string | number>>;

export const lost: Answer = { ok: false, reason: 'lost' };

/** Whether the same may be answered otherwise later. */
export function isForNow({ reason }: Answer): boolean {
  return ['lost', 'away', 'fault', 'too-fast', 'too-often', 'signed-out'].includes(reason ?? 'lost');
}
