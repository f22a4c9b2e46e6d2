import { message, type Message } from '../../../kernel/message.ts';
import { deviceWords } from '../../../web/request/device-name.ts';

/** Where a sentence or a line begins with it. */
export function deviceFirst(stored: string): Message {
  const device = deviceWords(stored);
  return device.key === 'web.device.unknown' ? message('auth.sessions.unknownDevice') : device;
}
