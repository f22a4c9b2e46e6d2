/** A backslash, which browsers read as a slash, or a character they drop: anything up to space, and DEL. */
function hasUnsafe(path: string): boolean {
  return /[\\\p{Cc}\s]/u.test(path);
}

const PATH_MAX = 2048;

/** Any origin would do: it only tells whether the parsed address stayed on it. */
const here = 'http://local.invalid';

/**
 * Reads `?next=`: a path of this site with its query, or null for anything that a browser would take elsewhere
 * (`//evil`, `/\evil`, `https:evil`, control characters that browsers drop before they parse).
 */
export function parseLocalPath(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > PATH_MAX || !value.startsWith('/') || hasUnsafe(value))
    return null;
  const url = tryUrl(value);
  if (!url || url.origin !== here || url.pathname.startsWith('//')) return null;
  const path = url.pathname + url.search + url.hash;
  // Percent signs make it longer; what we hand out we must be able to read again.
  return path.length > PATH_MAX ? null : path;
}

function tryUrl(value: string): URL | null {
  try {
    return new URL(value, here);
  } catch {
    return null;
  }
}
