import { z } from 'zod';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { message, type Message } from '../../../kernel/message.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { act, type ActInput } from '../../../web/act.ts';
import { SentJson, sentJson, sentRefusals } from './sent-json.ts';
import { whyNotSent } from './refusals.ts';
import { chatChangesLimit, messageFormBounds, reactionOfThanks } from '../policy.ts';
import {
  CorrectForm,
  correctShape,
  EditForm,
  editShape,
  ReactForm,
  reactShape,
  WhichForm,
  whichShape,
} from './messages.forms.ts';
import type { ChangeOutcome, KeepOutcome, Messages, Which, WhyNotChanged } from './messages.service.ts';
import type { SendWords } from './sent.ts';

export function whyNotChanged(why: WhyNotChanged): Message {
  if (why.reason === 'contact-detail') return message(`chat.text.error.minors.${why.kind}`);
  if (why.reason === 'signed-out' || why.reason === 'nobody') return message('chat.nobody');
  return message(`chat.change.${why.reason}`);
}

/** The first first; the last is what it says now. */
const HistoryJson = z.object({
  mine: z.boolean(),
  language: z.string().nullable(),
  versions: z.array(z.object({ text: z.string(), at: z.iso.datetime() })),
});

const refusals = {
  'signed-out': 401,
  nobody: 404,
  gone: 409,
  over: 409,
  'too-late': 409,
  'too-often-edited': 409,
  'contact-detail': 422,
} as const;

export function messageActs(messages: Messages, send: SendWords, random: Random) {
  const change = <Name extends string, Input extends Which>(
    name: Name,
    input: ActInput<Input>,
    run: (viewer: Viewer, input: Input) => Promise<ChangeOutcome>,
  ) =>
    act({
      name: `chat.${name}`,
      live: true,
      route: `POST /chats/:with/messages/:seq/${name}`,
      access: 'member',
      scope: 'chats:write',
      input,
      bounds: messageFormBounds,
      limits: [chatChangesLimit],
      output: z.object({ with: z.string(), seq: z.int(), change: z.int() }),
      refusals,
      run,
      answer: (value) => value,
      tell: whyNotChanged,
    });

  const keep = (name: 'keep' | 'unkeep') =>
    act({
      name: `chat.${name}`,
      live: true,
      route: `POST /chats/:with/${name}`,
      access: 'member',
      scope: 'chats:write',
      input: which,
      limits: [chatChangesLimit],
      output: z.object({ with: z.string(), seq: z.int() }),
      refusals: { 'signed-out': 401, nobody: 404, gone: 409 },
      run: (viewer, input): Promise<KeepOutcome> => messages[name](viewer, input),
      answer: (value) => value,
      tell: ({ reason }) => message(reason === 'gone' ? 'chat.change.gone' : 'chat.nobody'),
    });
  const which: ActInput<Which> = { shape: whichShape, schema: WhichForm };

  return {
    edit: change('edit', { shape: editShape, schema: EditForm }, (viewer, { text, ...what }) =>
      messages.edit(viewer, what, text),
    ),
    delete: change('delete', which, (viewer, what) => messages.delete(viewer, what)),
    react: change('react', { shape: reactShape, schema: ReactForm }, (viewer, { emoji, ...what }) =>
      messages.react(viewer, what, emoji),
    ),
    unreact: change('unreact', which, (viewer, what) => messages.unreact(viewer, what)),
    thank: change('thank', which, (viewer, what) => messages.react(viewer, what, reactionOfThanks)),
    keep: keep('keep'),
    unkeep: keep('unkeep'),

    history: act({
      name: 'chat.history',
      route: 'GET /chats/:with/messages/:seq/history',
      access: 'member',
      scope: 'chats:read',
      input: which,
      output: HistoryJson,
      refusals: { 'signed-out': 401, nobody: 404, gone: 409 },
      run: (viewer, input) => messages.history(viewer, input),
      answer: ({ versions, ...rest }) => ({
        ...rest,
        versions: versions.map(({ text, at }) => ({ text, at: at.toISOString() })),
      }),
      tell: ({ reason }) => message(reason === 'gone' ? 'chat.change.gone' : 'chat.nobody'),
    }),

    correct: act({
      name: 'chat.correct',
      live: true,
      route: 'POST /chats/:with/messages/:seq/correct',
      access: 'member',
      scope: 'chats:write',
      input: { shape: correctShape, schema: CorrectForm },
      bounds: messageFormBounds,
      created: true,
      output: SentJson,
      refusals: sentRefusals,
      run: (viewer, { seq, clientId, ...words }, caller) =>
        send(viewer, { ...words, corrects: seq, clientId: clientId ?? uuidv7(viewer.now, random) }, caller),
      answer: sentJson,
      tell: whyNotSent,
    }),
  };
}

export type MessageActs = ReturnType<typeof messageActs>;
