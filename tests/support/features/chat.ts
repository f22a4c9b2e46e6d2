import { randomUUID } from 'node:crypto';
import { ApiClient } from '../api.ts';
import type { FeatureFacts } from '../features.ts';

/** Whoever has no session learns nothing of whom they ask for. */
const somebody = '/chats/somebody';

const toMessages = {
  edit: { text: 'Hello' },
  delete: {},
  react: { emoji: '👍' },
  unreact: {},
  thank: {},
  correct: { text: 'Hello', note: '', clientId: randomUUID() },
};
const toChats = {
  keep: { seq: '1' },
  unkeep: { seq: '1' },
  read: { seq: '1' },
  draft: { text: 'Hello' },
  mute: {},
  unmute: {},
  archive: {},
  unarchive: {},
};

export const facts: FeatureFacts = {
  memberRoutes: () => [
    { method: 'get', route: '/chats', path: '/chats' },
    { method: 'get', route: '/chats/requests', path: '/chats/requests' },
    { method: 'get', route: '/chats/archived', path: '/chats/archived' },
    { method: 'get', route: '/profile/corrections', path: '/profile/corrections' },
    { method: 'get', route: '/chats/:with', path: somebody },
    ...['edit', 'delete', 'react', 'correct', 'history'].map((what) => ({
      method: 'get' as const,
      route: `/chats/:with/messages/:seq/${what}`,
      path: `${somebody}/messages/1/${what}`,
    })),
    ...Object.entries(toMessages).map(([what, fields]) => ({
      method: 'post' as const,
      route: `/chats/:with/messages/:seq/${what}`,
      path: `${somebody}/messages/1/${what}`,
      fields,
    })),
    ...Object.entries(toChats).map(([what, fields]) => ({
      method: 'post' as const,
      route: `/chats/:with/${what}`,
      path: `${somebody}/${what}`,
      fields,
    })),
    { method: 'get', route: '/chats/:with/messages', path: `${somebody}/messages` },
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
