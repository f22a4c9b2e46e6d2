/** What a feature holds about a person: sections of the JSON by name, and files beside it. */
export interface DataExport {
  sections: Record<string, unknown>;
  /** What each of them is, for people to read. */
  explained: Record<string, string>;
  /** What codes in them stand for: "de" is German. */
  names?: Record<string, string>;
  files?: readonly { path: string; key: string }[];
}

/** Asked of every feature that keeps something about people. */
export type Exporter = (userId: string) => Promise<DataExport>;
