import type { CataloguePage } from './types.ts';

const page = (
  status: number,
  heading: string,
  text: string,
  retryText: string | null = null,
): CataloguePage => ({
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
});

const texts: CataloguePage[] = [
  page(400, 'We could not read that', 'Please go back and send it again.'),
  page(
    403,
    'That did not go through',
    'The page was open for a long time. Please go back, reload it and try again.',
  ),
  page(
    404,
    'This page does not exist',
    'There is nothing here. It may have moved, or the address has a typing error.',
  ),
  page(405, 'That is not how this page works', 'This address takes forms only.'),
  page(413, 'That is too much at once', 'Please send a little less.'),
  page(421, 'Wrong address', 'This server does not answer to that name.'),
  page(422, 'We could not use that', 'Please go back and check what you typed.'),
  page(429, 'A little too often', 'You have asked for this many times.', 'Please try again in 4 minutes.'),
  page(500, 'Something went wrong on our side', 'We have been told about it. Please try again in a moment.'),
  page(
    503,
    'ChatLink is taking a short breath',
    'We cannot reach one of our stores.',
    'Please try again in 5 seconds.',
  ),
];

export const errorPages: CataloguePage[] = texts.flatMap((page) => [
  page,
  { ...page, name: `${page.name}-signed-in`, signedIn: true },
]);
