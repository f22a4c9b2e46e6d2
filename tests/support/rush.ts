import { expect } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { right } from './devices.ts';
import type { TestHouse } from './house.ts';
import { joining, peopleCalled, typeCode } from './joining.ts';
import { statuses, together } from './many.ts';
import { settled } from './security.ts';
import { visitor } from './visitor.ts';

/**
 * Many people type their right codes while a store goes away. `cut` takes it away and gives it back. Nobody may see a
 * fault of ours, whoever was let in is in, and whoever was not can finish: once, with one account.
 */
export async function rushThrough(house: TestHouse, cut: () => Promise<void>): Promise<void> {
  const people = await together(8, () => joining(house));
  await settled(house);
  const rush = Promise.all(people.map(({ ann, code }) => typeCode(ann, code)));
  await pause(5);
  await cut();
  const pages = await rush;
  const { 303: _in, 503: _out, ...others } = statuses(pages);
  expect(others).toEqual({});

  for (const [n, { ann, person, code }] of people.entries()) {
    const letIn = pages[n]!.redirectedTo === '/welcome';
    expect({ letIn, in: (await ann.get('/profile')).status === 200 }).toEqual({ letIn, in: letIn });
    // Turned away before or after the account was written: the code or the password opens the door.
    if (!letIn) await typeCode(ann, code);
    expect(await peopleCalled(house, person.username)).toBe(1);
    expect((await visitor(house).signIn(String(person.username), right)).redirectedTo).toBe('/people');
  }
}
