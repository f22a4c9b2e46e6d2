/** True in tests and development, false when built. */
export const isAsWritten = import.meta.url.endsWith('.ts');

/** `from`: the `import.meta.url` of a file beside it. */
export function programBeside(name: string, from: string): URL {
  return new URL(`./${name}.${isAsWritten ? 'ts' : 'js'}`, from);
}
