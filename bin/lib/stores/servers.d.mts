/** A Postgres or Redis of one's own on loopback. */
export interface Server {
  /** Postgres: with its password, database `postgres`. Redis: with its password, no database number. */
  url: string;
  port: number;
  pid: number;
  /** How the process ended, once it has. */
  exited: Promise<string>;
  /** A clean stop; the data stays, and a later start on the same folder (and port, when given) has it again. */
  stop(): Promise<void>;
  /** What a power cut does: SIGKILL. */
  kill(): Promise<void>;
  /** Removes the data of a stopped server. */
  remove(): void;
}

/** Its `url` is for the owner of everything. */
export interface PostgresServer extends Server {
  /** For the site: a role that owns nothing. */
  siteUrl: string;
}

export interface ServerOptions {
  /** Absolute; one server at a time in a folder. Below `process.env.TEST_DATA_DIR` it is removed with the test run. */
  dir: string;
  /** A free one is chosen without. */
  port?: number;
  /** Faster, and the data does not survive `kill()`. */
  throwaway?: boolean;
}

export function startPostgres(options: ServerOptions & { maxConnections?: number }): Promise<PostgresServer>;
/** `cluster`: a node of a Redis Cluster, without slots. */
export function startRedis(options: ServerOptions & { cluster?: boolean }): Promise<Server>;
