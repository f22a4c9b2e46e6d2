import { z } from 'zod';
import { isLanguage } from '../../../kernel/languages/codes.ts';
import { message } from '../../../kernel/message.ts';
import { act, type ActInput } from '../../../web/act.ts';
import { changesLimit } from '../../auth/index.ts';
import type { Alerts } from './alerts.service.ts';
import type { Pair } from './alerts.ts';

const code = z.string().refine(isLanguage);
/** As the viewer says it: `speak` is theirs, and learnt by whom they wait for. */
const input: ActInput<{ speak: string; learn: string }> = {
  shape: { texts: ['speak', 'learn'] },
  schema: z.object({ speak: code, learn: code }),
};
const output = z.object({ speak: z.string(), learn: z.string() });

function pairOf({ speak, learn }: { speak: string; learn: string }): Pair {
  return { speaks: learn, learns: speak };
}
function answer({ speaks, learns }: Pair) {
  return { speak: learns, learn: speaks };
}

export function alertActs(alerts: Alerts) {
  return {
    tellMe: act({
      name: 'people.tellMe',
      route: 'POST /people/tell-me',
      access: 'member',
      scope: 'people:write',
      input,
      limits: [changesLimit],
      output,
      refusals: { 'signed-out': 401, 'no-email': 409, 'not-yours': 422 },
      run: (viewer, sent) => alerts.ask(viewer, pairOf(sent)),
      answer,
      tell: ({ reason }) =>
        reason === 'no-email' ? message('people.tell.noEmail') : message('people.tell.notYours'),
    }),

    withdraw: act({
      name: 'people.dontTellMe',
      route: 'POST /people/tell-me/withdraw',
      access: 'member',
      scope: 'people:write',
      input,
      limits: [changesLimit],
      output,
      refusals: { 'signed-out': 401 },
      run: (viewer, sent) => alerts.withdraw(viewer, pairOf(sent)),
      answer,
    }),
  };
}

export type AlertActs = ReturnType<typeof alertActs>;
