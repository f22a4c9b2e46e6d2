import type { Request } from 'express';
import { isCountry } from '../../kernel/places.ts';

const SAYS_LITTLE = 'US'; // the default of browsers everywhere

function regionOf(tag: string): string | null {
  try {
    return new Intl.Locale(tag).region ?? null;
  } catch {
    return null;
  }
}

/** "de-AT" → AT. Null: no hint. */
export function countryHint(req: Request, isOffered: (country: string) => boolean): string | null {
  if (req.headers['accept-language'] === undefined) return null;
  const regions = req
    .acceptsLanguages()
    .map(regionOf)
    .filter((region): region is string => region !== null && isCountry(region) && isOffered(region));
  return regions.find((region) => region !== SAYS_LITTLE) ?? regions[0] ?? null;
}
