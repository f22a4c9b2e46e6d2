import { message } from '../../../src/kernel/message.ts';
import type { CataloguePage } from './types.ts';

const mail = {
  id: '2',
  channelLabel: message('dev.outbox.channel.email'),
  to: 'lena@example.com',
  subject: 'KFR: your ChatLink code' as string | null,
  text: "Hello,\n\nKFR: your ChatLink code is\n\n012345\n\nEnter it on the page where you're joining.",
  hasHtml: true,
  sentAt: '14:02:11',
};
const sms = {
  ...mail,
  id: '1',
  channelLabel: message('dev.outbox.channel.sms'),
  to: '+4915123456789',
  subject: null,
  text: 'QXB: your ChatLink code is 903311. Never share it.\n\n@chatlink.example #903311',
  hasHtml: false,
  sentAt: '14:01:40',
};

function page(name: string, messages: object[], staff: object[] = []): CataloguePage {
  return {
    name: `outbox-${name}`,
    view: 'dev/outbox',
    model: { title: message('dev.outbox.title'), messages, staff, refreshSeconds: 5 },
    site: { path: '/dev/outbox', outbox: '/dev/outbox' },
  };
}

export const outboxPages: CataloguePage[] = [
  page('empty', []),
  page('full', [
    mail,
    sms,
    {
      ...mail,
      id: '0',
      to: `${'a'.repeat(60)}@${'b'.repeat(60)}.example`,
      text: `${'long'.repeat(60)}\n`.repeat(4),
    },
  ]),
  page('staff', [mail], [{ username: 'desk', code: '012345' }]),
];
