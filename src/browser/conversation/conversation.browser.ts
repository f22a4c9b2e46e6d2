import { currentMember, find, need, said } from '../index.ts';
import { openConversation } from './conversation.ts';

const list = find(HTMLOListElement, '#messages');
const member = currentMember();
// Before Safari 16 a page is what its forms make of it, and so is a page of earlier messages.
const isAble = 'timeout' in AbortSignal;
if (list && member && isAble && !('past' in list.dataset))
  openConversation({ list, member, name: said(list, 'with'), latest: need(HTMLElement, '#latest') });
