/** What was added to a list of what was heard while the work was done. */
export async function heardDuring(heard: readonly string[], work: () => Promise<unknown>): Promise<string[]> {
  const from = heard.length;
  await work();
  return heard.slice(from);
}
