/** Whether this runs as written, in tests and while developing, or as built. */
export const isAsWritten = import.meta.url.endsWith('.ts');

/** The program of another process or thread, by its name in the folder of the file at `from` (its `import.meta.url`). */
export function programBeside(name: string, from: string): URL {
  return new URL(`./${name}.${isAsWritten ? 'ts' : 'js'}`, from);
}
