import { z } from 'zod';
import { message } from '../../../kernel/message.ts';
import { act } from '../../../web/act.ts';
import { WithForm, withShape } from '../messages/messages.forms.ts';
import { typingPolicy } from '../policy.ts';
import type { Typing } from './typing.service.ts';

export function typingAct(typing: Typing) {
  return act({
    name: 'chat.typing',
    live: true,
    route: 'POST /chats/:with/typing',
    access: 'member',
    scope: 'chats:write',
    input: { shape: withShape, schema: WithForm },
    limits: [typingPolicy.limit],
    output: z.object({ with: z.string() }),
    refusals: { 'signed-out': 401, nobody: 404 },
    run: (viewer, input) => typing(viewer, input.with),
    answer: (value) => value,
    tell: () => message('chat.nobody'),
  });
}
