import { act } from '../../../web/act.ts';
import { FindForm, findShape } from './people.forms.ts';
import { PeopleJson, peopleJson } from './people-json.ts';
import type { People } from './people.service.ts';

export function peopleActs(people: People) {
  return {
    find: act({
      name: 'people.find',
      route: 'GET /people',
      access: 'member',
      scope: 'people:read',
      input: { shape: findShape, schema: FindForm },
      output: PeopleJson,
      refusals: { 'signed-out': 401 },
      run: (viewer, input) => people.find(viewer, input),
      answer: peopleJson,
    }),
  };
}

export type PeopleActs = ReturnType<typeof peopleActs>;
