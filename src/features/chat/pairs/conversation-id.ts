const shape = /^c_([\w-]{22})$/;

/** What a conversation is called where its other person may not be: `c_` and its UUID's 16 bytes in base64url. */
export function opaqueIdOf(id: string): string {
  return `c_${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}`;
}

/** Null for what is no opaque id. */
export function readOpaqueId(text: string): string | null {
  const written = shape.exec(text)?.[1];
  if (written === undefined) return null;
  const hex = Buffer.from(written, 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  // The last character stands for two bits, so others could stand for the same.
  return opaqueIdOf(id) === text ? id : null;
}
