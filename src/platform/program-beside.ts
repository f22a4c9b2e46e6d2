/** False when built. */
export const isAsWritten = import.meta.url.endsWith('.ts');

/** `from`: `import.meta.url`. */
export function programBeside(name: string, from: string): URL {
  return new URL(`./${name}.${isAsWritten ? 'ts' : 'js'}`, from);
}
