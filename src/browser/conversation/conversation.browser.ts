import { currentMember } from '../drafts.ts';
import { find, need, said } from '../elements.ts';
import { openConversation } from './conversation.ts';

const list = find(HTMLOListElement, '#messages');
const member = currentMember();
// A page of earlier messages is read as it is.
if (list && member && !('past' in list.dataset))
  openConversation({ list, member, name: said(list, 'with'), latest: need(HTMLElement, '#latest') });
