declare module '@20minutes/s3rver' {
  import type { Server } from 'node:http';

  /** The part of it that tests/support/s3.ts uses. */
  export default class S3rver {
    httpServer: Server;
    constructor(options: {
      address: string;
      port: number;
      directory: string;
      silent: boolean;
      configureBuckets: { name: string; configs: string[] }[];
    });
    run(): Promise<unknown>;
    close(): Promise<void>;
  }
}
