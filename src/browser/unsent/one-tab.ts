/** Among the tabs of a browser, where it knows locks; whoever sends twice sends under the same id. */
export async function oneTabAtATime(name: string, act: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(name, act);
  else await act();
}
