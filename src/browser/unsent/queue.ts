import type { Waiting, WaitingStore } from './waiting.ts';

export type { Waiting } from './waiting.ts';

/** What waits, of one person. `onChange` hears of every change. */
export function openQueue(
  member: string,
  opening: Promise<WaitingStore>,
  onChange: (all: Waiting[]) => void,
) {
  const all = async (): Promise<Waiting[]> => {
    const store = await opening;
    return (await store.all()).filter((one) => one.member === member);
  };
  const change = async (
    clientId: string | null,
    how: (store: WaitingStore, one: Waiting) => Promise<void>,
  ): Promise<void> => {
    const store = await opening;
    for (const one of await all()) if (clientId === null || one.clientId === clientId) await how(store, one);
    onChange(await all());
  };
  const remove = (store: WaitingStore, { n }: Waiting): Promise<void> => store.delete(n!);
  return {
    all,
    /** Kept once this resolves. */
    async add(one: Omit<Waiting, 'member'>): Promise<void> {
      await (await opening).put({ ...one, member });
      onChange(await all());
    },
    remove: (clientId: string) => change(clientId, remove),
    refuse: (clientId: string, refused: string) =>
      change(clientId, (store, one) => store.put({ ...one, refused })),
    again: (clientId: string) =>
      change(clientId, (store, one) => {
        delete one.refused;
        return store.put(one);
      }),
    empty: () => change(null, remove),
  };
}

export type Queue = ReturnType<typeof openQueue>;
