import { durationOf } from '../../../kernel/duration.ts';
import { message, type Message } from '../../../kernel/message.ts';
import type { WhyNotSent } from './conversations.ts';

export function whyNotSent(why: WhyNotSent): Message {
  switch (why.reason) {
    case 'contact-detail':
      return message(`chat.text.error.contactDetail.${why.kind}`);
    case 'too-often':
      if (why.most === 0) return message('chat.limited', { wait: durationOf(why.retryInMs / 1000) });
      return message('chat.tooOften', { most: why.most, wait: durationOf(why.retryInMs / 1000) });
    case 'hidden':
      return message('chat.hidden');
    case 'closed':
      return message('chat.closed');
    case 'over':
      return message('chat.over');
    case 'not-open-yet':
      return message('chat.notOpenYet');
    case 'nobody':
    case 'signed-out':
      return message('chat.nobody');
  }
}
