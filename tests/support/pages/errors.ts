import { durationOf } from '../../../src/kernel/duration.ts';
import { message, type Message } from '../../../src/kernel/message.ts';
import { noNavFacts } from '../../../src/web/views/nav.ts';
import type { CataloguePage } from './types.ts';

type Told = 400 | 403 | 404 | 405 | 408 | 413 | 421 | 429 | 500 | 503;

function page(status: Told, text: Message, retryIn: number | null = null) {
  return {
    name: `error-${status}`,
    view: 'errors/error',
    model: {
      title: message(`web.error.heading.${status}`),
      status,
      text,
      requestId: '0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42',
      retryText: retryIn === null ? null : message('web.error.retry', { wait: durationOf(retryIn) }),
    },
  };
}

const texts = [
  page(400, message('web.form.unreadable')),
  page(403, message('web.expired.openTooLong')),
  page(404, message('web.error.nothing')),
  page(405, message('web.request.method')),
  page(408, message('web.upload.slow')),
  page(413, message('web.form.manyFields')),
  page(421, message('web.request.otherHost')),
  page(429, message('web.limit.network'), 240),
  page(500, message('web.error.fault')),
  page(503, message('web.error.down'), 5),
];

export const errorPages: CataloguePage[] = texts.flatMap((page) => [
  page,
  {
    ...page,
    name: `${page.name}-signed-in`,
    signedIn: true,
    ...(page.model.status >= 500 && { site: { navFacts: noNavFacts } }),
  },
]);
