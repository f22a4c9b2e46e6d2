import { z } from 'zod';
import { message } from '../../../kernel/message.ts';
import { act } from '../../../web/act.ts';
import { changesLimit } from '../../auth/index.ts';
import { ConversationJson, conversationJson, ListJson, listJson } from './conversation-json.ts';
import { ListForm, listShape, ReadForm, readShape, SendForm, sendShape } from './conversations.forms.ts';
import { WithForm, withShape } from '../messages/messages.forms.ts';
import type { AnswerOutcome } from './conversations.ts';
import type { Conversations } from './conversations.service.ts';
import type { Sending } from './sending.service.ts';
import { messageFormBounds } from '../policy.ts';
import { SentJson, sentJson, sentRefusals } from '../messages/sent-json.ts';
import { whyNotSent } from '../messages/refusals.ts';

export function conversationActs(conversations: Conversations, sending: Sending) {
  const list = <Name extends 'chats' | 'requests' | 'archived'>(which: Name, route: `GET /${string}`) =>
    act({
      name: `chat.${which}`,
      route,
      access: 'member',
      scope: 'chats:read',
      input: { shape: listShape, schema: ListForm },
      output: ListJson,
      refusals: { 'signed-out': 401 },
      run: (viewer, { after }) => conversations.list(viewer, which, after),
      answer: listJson,
    });

  const answer = (what: 'accept' | 'decline' | 'withdraw') =>
    act({
      name: `chat.${what}`,
      route: `POST /chats/:with/${what}`,
      access: 'member',
      scope: 'chats:write',
      input: { shape: withShape, schema: WithForm },
      limits: [changesLimit],
      output: z.object({ with: z.string() }),
      refusals: { 'signed-out': 401, nobody: 404, answered: 409 },
      run: (viewer, input): Promise<AnswerOutcome> => conversations[what](viewer, input.with),
      answer: (value) => value,
      tell: ({ reason }) =>
        reason === 'answered' ? message(`chat.${what}.answered`) : message('chat.nobody'),
    });

  return {
    chats: list('chats', 'GET /chats'),
    requests: list('requests', 'GET /chats/requests'),
    archived: list('archived', 'GET /chats/archived'),

    read: act({
      name: 'chat.conversation',
      live: true,
      route: 'GET /chats/:with',
      access: 'member',
      scope: 'chats:read',
      input: { shape: readShape, schema: ReadForm },
      output: ConversationJson,
      refusals: { 'signed-out': 401, nobody: 404 },
      run: (viewer, input) => conversations.read(viewer, input),
      answer: conversationJson,
      tell: () => message('chat.nobody'),
    }),

    send: act({
      name: 'chat.send',
      live: true,
      route: 'POST /chats/:with',
      access: 'member',
      scope: 'chats:write',
      input: { shape: sendShape, schema: SendForm },
      bounds: messageFormBounds,
      created: true,
      output: SentJson,
      refusals: sentRefusals,
      run: (viewer, input, caller) => sending.send(viewer, input, caller),
      answer: sentJson,
      tell: whyNotSent,
    }),

    accept: answer('accept'),
    decline: answer('decline'),
    withdraw: answer('withdraw'),
  };
}

export type ConversationActs = ReturnType<typeof conversationActs>;
