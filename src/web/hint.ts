/** Somebody with a page open. */
export interface HintReader {
  id: string;
  now: Date;
}

/** A partial, and what it shows of what was told; null: nothing. */
export type HintView = (data: object, reader: HintReader) => { view: string; model: object } | null;

export type Hints = Readonly<Record<string, HintView>>;
