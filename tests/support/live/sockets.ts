import { afterEach } from '@jest/globals';
import type { TestHouse } from '../house.ts';
import { visitor, type Visitor } from '../visitor.ts';
import { openSocket, type OpenSocket, type SocketOptions } from './open-socket.ts';

export interface Member {
  who: Visitor;
  id: string;
  username: string;
  password: string;
}

/** People of a house and their sockets, which are closed after each test. */
export function socketsOf(house: TestHouse) {
  const opened: OpenSocket[] = [];
  afterEach(async () => {
    for (const socket of opened.splice(0)) await socket.close();
  });
  return {
    open: async (who: Visitor, at = house, options: SocketOptions = {}): Promise<OpenSocket> => {
      const socket = await openSocket(who, at, options);
      opened.push(socket);
      return socket;
    },
    member: async (): Promise<Member> => {
      const who = visitor(house);
      const { username, password } = await who.signUp();
      const [row] = await house.stores.sql<{ id: string }>(`SELECT "id" FROM "User" WHERE "username" = $1`, [
        username,
      ]);
      return { who, id: row!.id, username, password };
    },
  };
}
