/** Follows a request into its jobs; what is carried is ids only. */
export interface Traces {
  /** Undefined outside of a trace. */
  carry(): string | undefined;
  job<T>(queue: string, carried: string | undefined, work: () => Promise<T>): Promise<T>;
  /** Flushes. Never rejects. */
  close(): Promise<void>;
}

export const noTraces: Traces = {
  carry: () => undefined,
  job: (_queue, _carried, work) => work(),
  close: async () => {},
};
