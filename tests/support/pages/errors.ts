import type { CataloguePage } from './types.ts';

function page(status: number, heading: string, text: string, retryText: string | null = null): CataloguePage {
  return {
    name: `error-${status}`,
    view: 'errors/error',
    model: {
      title: heading,
      status,
      heading,
      text,
      requestId: '0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42',
      retryText,
    },
  };
}

const texts: CataloguePage[] = [
  page(400, "We couldn't read that", 'Please go back and send it again.'),
  page(
    403,
    "That didn't go through",
    "This page was open for too long, or you've signed in or out since. Please load it again and send the form once more.",
  ),
  page(
    404,
    "This page doesn't exist",
    "There's nothing here. It may have moved, or there's a typo in the address.",
  ),
  page(405, "This page can't be opened this way", 'Go back and use the links on the page.'),
  page(408, 'That took too long', 'The upload was too slow. Please try again with a better connection.'),
  page(413, "That's too much at once", 'Please send a little less.'),
  page(421, 'Wrong address', "This server doesn't answer for that host name."),
  page(422, "We couldn't use that", 'Please go back and check what you typed.'),
  page(429, 'Too many requests', 'Too many requests from your network.', 'Please try again in 4 minutes.'),
  page(500, 'Something went wrong on our side', "We've made a note of it. Please try again in a moment."),
  page(
    503,
    'ChatLink is taking a short break',
    'Something on our side is down.',
    'Please try again in 5 seconds.',
  ),
];

export const errorPages: CataloguePage[] = texts.flatMap((page) => [
  page,
  { ...page, name: `${page.name}-signed-in`, signedIn: true },
]);
