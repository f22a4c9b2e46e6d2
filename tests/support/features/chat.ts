import { randomUUID } from 'node:crypto';
import { ApiClient } from '../api.ts';
import type { FeatureFacts } from '../features.ts';

export const facts: FeatureFacts = {
  checks: { Conversation: ['in_order'], Message: ['numbered', 'text_length'] },
  leaveTraces: async (who, text, other) => {
    const said = await new ApiClient(who).post(`/chats/${other}`, { text, clientId: randomUUID() });
    if (said.status !== 201) throw new Error(`saying hello answered ${said.status}`);
  },
};
