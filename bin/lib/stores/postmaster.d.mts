export interface PostmasterFile {
  pid: number;
  dir: string;
  port: number | undefined;
  ready: boolean;
}
export function parsePostmasterPid(text: string): PostmasterFile | undefined;
export function judgePostmaster(
  found: PostmasterFile | undefined,
  dir: string,
  process: { alive: boolean; command: string; inFolder: boolean },
): 'none' | 'stale' | 'running';
