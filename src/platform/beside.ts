/** Whether this runs as written, in tests and while developing, or as built. */
export const isAsWritten = import.meta.url.endsWith('.ts');

/** The program of another process or thread, by its name in this folder. */
export const programBeside = (name: string): URL =>
  new URL(`./${name}.${isAsWritten ? 'ts' : 'js'}`, import.meta.url);
