/** The name of a chunk or a box ("IHDR", "moov"), as it stands in a file. */
export function fourCC(name: string): number {
  return Buffer.from(name, 'latin1').readUInt32BE(0);
}
