import { letterOf, picturesOf } from '../../pictures/index.ts';
import type { Correspondent } from './pair.ts';

/** Null: gone, or nobody to the viewer. */
export function correspondentView(person: Correspondent | null) {
  if (!person) return { gone: true, name: '', username: '', avatar: null, initial: '', hue: 0 };
  const { username, displayName } = person;
  const name = displayName ?? username;
  const { avatar } = picturesOf(person.avatar ? [person.avatar] : [], name);
  return { gone: false, name, username, avatar, ...letterOf(person) };
}
