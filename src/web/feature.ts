import type { RequestHandler } from 'express';
import type { Job, Timer } from '../platform/queue/jobs.ts';
import type { Metrics } from '../platform/watching/metrics.ts';
import type { FormBounds } from './forms/body.ts';
import type { FileForm } from './forms/file-forms.ts';

/** What a feature is made of; `mountFeatures` makes the site of them. */
export interface Feature {
  name: string;
  pages?: RequestHandler;
  /** Pages that search engines may list, as they are without a query. */
  findable?: readonly string[];
  /** By the path that the form is sent to. */
  forms?: Readonly<Record<string, FormRules>>;
  jobs?: readonly Job[];
  timers?: readonly Timer[];
  privacy?: PersonalData;
  /** Numbers that are read whenever somebody asks. */
  metrics?: (metrics: Metrics) => void;
}

export interface FormRules {
  /** Where the usual ones are too small. */
  bounds?: FormBounds;
  files?: FileForm;
}

/** What a feature keeps about people. */
export interface PersonalData {
  export?: Exporter;
  /** Deletes what lies outside the database. May be asked twice; features are asked from the last to the first. */
  erase?: (userId: string) => Promise<void>;
}

export type Exporter = (userId: string) => Promise<DataExport>;

/** Sections of the JSON by name, and files beside it. */
export interface DataExport {
  sections: Record<string, unknown>;
  /** What each of them is, for people to read. */
  explained: Record<string, string>;
  /** What the codes in the sections stand for. */
  names?: Record<string, string>;
  /** Files in the media store, each with its path in the ZIP. */
  files?: readonly { path: string; key: string }[];
}
