import { randomUUID } from 'node:crypto';
import { ApiClient } from '../api.ts';
import type { FeatureFacts } from '../features.ts';

/** Whoever has no session learns nothing of whom they ask for. */
const somebody = '/chats/somebody';

export const facts: FeatureFacts = {
  memberRoutes: () => [
    { method: 'get', route: '/chats', path: '/chats' },
    { method: 'get', route: '/chats/requests', path: '/chats/requests' },
    { method: 'get', route: '/chats/:with', path: somebody },
    {
      method: 'post',
      route: '/chats/:with',
      path: somebody,
      fields: { text: 'Hello', clientId: randomUUID() },
    },
    ...['accept', 'decline', 'withdraw'].map((what) => ({
      method: 'post' as const,
      route: `/chats/:with/${what}`,
      path: `${somebody}/${what}`,
    })),
  ],
  checks: {
    Conversation: ['in_order'],
    Message: ['numbered', 'text_length', 'note_length'],
    MessageVersion: ['text_length'],
    MessageReaction: ['emoji_length'],
    Participation: ['draft_length'],
  },
  leaveTraces: async (who, text, other) => {
    const api = new ApiClient(who);
    const said = await api.post(`/chats/${other}`, { text, clientId: randomUUID() });
    if (said.status !== 201) throw new Error(`saying hello answered ${said.status}`);
    await api.post(`/chats/${other}/draft`, { text });
    await api.post(`/chats/${other}/keep`, { seq: String(said.body.seq) });
  },
};
