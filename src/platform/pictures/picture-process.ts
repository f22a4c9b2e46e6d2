import type { ImageAnswer, ImageWork } from './image-workers.ts';
import { withReadableBrand } from './picture-heif.ts';
import { lookAt, makePicture, prepareSharp } from './make-picture.ts';

prepareSharp();

async function answerTo({ bytes: sent, kind }: ImageWork): Promise<ImageAnswer> {
  const bytes = Buffer.from(sent.buffer, sent.byteOffset, sent.length);
  withReadableBrand(bytes);
  const seen = await lookAt(bytes);
  return 'fault' in seen ? seen : makePicture(bytes, seen, kind);
}

process.on('message', (work: ImageWork) => {
  answerTo(work).then(
    (answer) => process.send!(answer),
    // An error in here says nothing about the site: the picture can't be read.
    () => process.send!({ fault: 'broken' } satisfies ImageAnswer),
  );
});
process.once('disconnect', () => process.exit());
