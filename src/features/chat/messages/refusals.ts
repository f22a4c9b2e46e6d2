import { durationOf } from '../../../kernel/duration.ts';
import { message, type Message } from '../../../kernel/message.ts';
import type { WhyNotSent } from './sent.ts';

/** While the desk lets somebody answer only, in an account's first day, and on any other. */
export function noHelloLeft({ most, usual }: { most: number; usual: number }, wait: Message): Message {
  if (most === 0) return message('chat.limited', { wait });
  if (most < usual) return message('chat.tooOften.first', { most, usual, wait });
  return message('chat.tooOften', { most, wait });
}

export function whyNotSent(why: WhyNotSent): Message {
  switch (why.reason) {
    case 'contact-detail':
      return why.isHello
        ? message(`chat.text.error.contactDetail.${why.kind}`)
        : message(`chat.text.error.minors.${why.kind}`);
    case 'too-long':
      return message('chat.text.error.hello', { most: why.most, count: why.count });
    case 'too-fast':
      return message('chat.tooFast', { wait: durationOf(why.retryInMs / 1000) });
    case 'gone':
      return message('chat.gone');
    case 'too-often':
      return noHelloLeft(why, durationOf(why.retryInMs / 1000));
    case 'hidden':
      return message('chat.hidden');
    case 'closed':
      return message('chat.closed');
    case 'over':
      return message('chat.closed.over');
    case 'nobody':
    case 'signed-out':
      return message('chat.nobody');
  }
}
