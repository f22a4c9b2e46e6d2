import { z } from 'zod';
import { PictureJson, picturesJson } from '../../pictures/index.ts';
import { levels } from '../../profile/index.ts';
import { type PeoplePage, reasons, type SuggestedPerson } from './people.ts';

const PersonJson = z.object({
  username: z.string(),
  displayName: z.string().nullable(),
  bio: z.string(),
  country: z.string(), // ISO 3166-1 alpha-2
  interests: z.array(z.string()), // codes, in their person's order
  avatar: PictureJson.nullable(),
  /** Of their languages those that fit the viewer's. */
  speaks: z.string(),
  learns: z.string(),
  level: z.enum(levels).nullable(),
  /** They speak what the viewer learns and learn what the viewer speaks, or one of both. */
  fit: z.enum(['both', 'speaks', 'learns']),
  /** Why they are suggested, the most telling first. */
  reasons: z.array(z.enum(reasons)),
});

export const PeopleJson = z.object({
  items: z.array(PersonJson),
  /** Where hardly anybody fits both ways: who fits one way. */
  oneWay: z.array(PersonJson),
  next: z.string().nullable(),
});

function personJson({ avatar, reasons: why, ...person }: SuggestedPerson): z.infer<typeof PersonJson> {
  return { ...person, reasons: [...why], avatar: avatar && picturesJson([avatar]).avatar };
}

export function peopleJson({ people, oneWay, next }: PeoplePage): z.infer<typeof PeopleJson> {
  return { items: people.map(personJson), oneWay: oneWay.map(personJson), next };
}
