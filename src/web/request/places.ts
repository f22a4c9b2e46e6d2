import { addressKeys, WIDER_HAS } from './client-address.ts';

export interface Places {
  /** Gives the function that releases it; null when all are taken. */
  take(ip: string | undefined): (() => void) | null;
}

/** Per client address, ten times as many per /48 of IPv6. */
export function createPlaces(most: number): Places {
  const taken = new Map<string, number>();
  const add = (key: string, count: number): void => {
    const now = (taken.get(key) ?? 0) + count;
    if (now > 0) taken.set(key, now);
    else taken.delete(key);
  };
  return {
    take(ip) {
      const { own, wider } = addressKeys(ip);
      const rules: [string, number][] = [[own, most]];
      if (wider) rules.push([wider, most * WIDER_HAS]);
      if (rules.some(([key, max]) => (taken.get(key) ?? 0) >= max)) return null;
      for (const [key] of rules) add(key, 1);
      return () => {
        for (const [key] of rules) add(key, -1);
      };
    },
  };
}
