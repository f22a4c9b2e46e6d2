/** Lets go, or undefined when a living process holds the lock. */
export function tryLock(file: string): (() => void) | undefined;
