/**
 * Follows one request through everything that is done for it, into its jobs. `carried` is what a job keeps of its
 * trace: ids only.
 */
export interface Traces {
  /** Of the work that is under way; undefined where it belongs to no trace. */
  carry(): string | undefined;
  /** Does the work of a job as part of the trace that it carries. */
  job<T>(queue: string, carried: string | undefined, work: () => Promise<T>): Promise<T>;
  /** Sends what was not sent yet. Resolves in any case. */
  close(): Promise<void>;
}

/** For where nobody looks. */
export const noTraces: Traces = {
  carry: () => undefined,
  job: (_queue, _carried, work) => work(),
  close: async () => {},
};
