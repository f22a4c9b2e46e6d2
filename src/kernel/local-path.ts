/** Browsers read a backslash as a slash, and drop control characters. */
function hasUnsafe(path: string): boolean {
  return /[\\\p{Cc}\s]/u.test(path);
}

const PATH_MAX = 2048;

const here = 'http://local.invalid';

/** Reads `?next=`. Null for what a browser would take elsewhere (`//evil`, `/\evil`, `https:evil`). */
export function parseLocalPath(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > PATH_MAX || !value.startsWith('/') || hasUnsafe(value))
    return null;
  const url = tryUrl(value);
  if (!url || url.origin !== here || url.pathname.startsWith('//')) return null;
  const path = url.pathname + url.search + url.hash;
  // Percent-encoding makes it longer, and it must be readable again.
  return path.length > PATH_MAX ? null : path;
}

function tryUrl(value: string): URL | null {
  try {
    return new URL(value, here);
  } catch {
    return null;
  }
}
