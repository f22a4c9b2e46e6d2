import { type Limits, orRelease } from '../../../platform/limits/limits.ts';
import type { Texter } from '../../../platform/messages/delivery.ts';
import type { SendLimits } from '../codes/send-limits.ts';

interface TextNewsDeps {
  texter: Texter | null;
  sendLimits: SendLimits;
  limits: Limits;
}

/** Throws where the number's budget is full, so that a job tries again. */
export function createTextNews({ texter, sendLimits, limits }: TextNewsDeps) {
  return async (to: string, text: string): Promise<void> => {
    if (!texter || !sendLimits.mayText({ channel: 'mobile', destinationKey: to })) return;
    const allowed = await limits.take(sendLimits.forNews(to, 'desk'));
    if (!allowed.ok) throw new Error('a limit of texts is full');
    await orRelease([allowed], () => texter.send({ to, text }));
  };
}
