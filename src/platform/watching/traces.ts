/** Follows a request into its jobs; what is carried is ids only. */
export interface Traces {
  carry(): string | undefined; // undefined outside of a trace
  job<T>(queue: string, carried: string | undefined, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>; // flushes. Never rejects.
}

export const noTraces: Traces = {
  carry: () => undefined,
  job: (_queue, _carried, work) => work(),
  close: async () => {},
};
