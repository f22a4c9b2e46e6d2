import { createActivityStore } from '../../src/features/people/activity/activity.store.ts';
import { newAppKey } from '../../src/features/auth/second-factor/app-code.ts';
import { keyContext } from '../../src/features/auth/second-factor/second-factor.service.ts';
import { days, hours, later } from '../../src/kernel/clock.ts';
import { systemRandom, uuidv7 } from '../../src/kernel/ids.ts';
import { utcOffset, zoneOfCountry } from '../../src/kernel/time-zones.ts';
import type { Sealing } from '../../src/platform/sealing.ts';
import type { Db } from '../../src/platform/stores/db.ts';
import type { DemoPerson } from './person.ts';

interface MoveInDeps {
  db: Db;
  sealing: Sealing;
  passwordHash: string;
  now: Date;
}

function bornOn({ age }: DemoPerson, now: Date): Date {
  if (!age) return new Date('1995-05-15');
  const [years, months] = age;
  return new Date(Date.UTC(now.getUTCFullYear() - years, now.getUTCMonth() - months, 15));
}

function languagesOf({ native, learning }: DemoPerson) {
  return [
    ...native.map((code, position) => ({ code, role: 'native' as const, position })),
    ...Object.entries(learning).map(([code, level], position) => ({
      code,
      role: 'learning' as const,
      level,
      position,
    })),
  ];
}

/** Whoever is there already stays as they are now. Answers their ids. */
export function createMoveIn({ db, sealing, passwordHash, now }: MoveInDeps) {
  const activity = createActivityStore(db);
  return async (person: DemoPerson): Promise<string> => {
    const { username, country, role } = person;
    const known = await db.user.findUnique({ where: { usernameKey: username }, select: { id: true } });
    if (known) return known.id;
    const email = `${username}@example.com`;
    const joined = later(now, -days(person.joined ?? 0));
    const id = uuidv7(joined, systemRandom);
    const sealed = sealing.seal(newAppKey(), keyContext(id));
    await db.user.create({
      data: {
        id,
        username,
        usernameKey: username,
        email,
        emailKey: email,
        emailVerifiedAt: joined,
        passwordHash,
        dateOfBirth: bornOn(person, now),
        displayName: person.displayName ?? null,
        bio: person.bio ?? '',
        country,
        visibility: person.hidden ? 'nobody' : 'members',
        findable: person.findable ?? null,
        createdAt: joined,
        updatedAt: joined,
        languages: { create: languagesOf(person) },
        interests: { create: (person.interests ?? []).map((code, position) => ({ code, position })) },
        ...(role && {
          role,
          secondFactor: {
            create: { sealedKey: sealed.text, keyId: sealed.keyId, lastStep: 0, setUpAt: now },
          },
        }),
      },
    });
    const here = later(now, -hours(person.here ?? 0));
    if (!role)
      await activity.note({ id, securityVersion: 0, now: here }, utcOffset(zoneOfCountry(country), here));
    return id;
  };
}
