import { z } from 'zod';
import { message } from '../../../kernel/message.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { act, type ActInput } from '../../../web/act.ts';
import { chatChangesLimit, messageFormBounds } from '../policy.ts';
import { DraftForm, draftShape, WhichForm, whichShape, WithForm, withShape } from './messages.forms.ts';
import type { OwnOutcome, ParticipationService } from './participation.service.ts';

/** What somebody does with a conversation for themselves. */
export function participationActs(participation: ParticipationService) {
  const own = <Name extends string, Input extends { with: string }>(
    name: Name,
    input: ActInput<Input>,
    run: (viewer: Viewer, input: Input) => Promise<OwnOutcome>,
  ) =>
    act({
      name: `chat.${name}`,
      live: true,
      route: `POST /chats/:with/${name}`,
      access: 'member',
      scope: 'chats:write',
      input,
      bounds: messageFormBounds,
      limits: [chatChangesLimit],
      output: z.object({ with: z.string() }),
      refusals: { 'signed-out': 401, nobody: 404 },
      run,
      answer: (value) => value,
      tell: () => message('chat.nobody'),
    });
  const named: ActInput<{ with: string }> = { shape: withShape, schema: WithForm };

  return {
    read: own('read', { shape: whichShape, schema: WhichForm }, (viewer, { with: name, seq }) =>
      participation.read(viewer, name, seq),
    ),
    draft: own('draft', { shape: draftShape, schema: DraftForm }, (viewer, { with: name, text }) =>
      participation.draft(viewer, name, text),
    ),
    mute: own('mute', named, (viewer, input) => participation.mute(viewer, input.with)),
    unmute: own('unmute', named, (viewer, input) => participation.unmute(viewer, input.with)),
    archive: own('archive', named, (viewer, input) => participation.archive(viewer, input.with)),
    unarchive: own('unarchive', named, (viewer, input) => participation.unarchive(viewer, input.with)),
  };
}

export type ParticipationActs = ReturnType<typeof participationActs>;
