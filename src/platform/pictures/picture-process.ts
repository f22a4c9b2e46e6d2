import type { ImageAnswer, ImageWork } from './image-workers.ts';
import { withReadableBrand } from './picture-heif.ts';
import { lookAt, makePicture, prepareImageProcessor } from './image-processor.ts';

/** Makes pictures, one after the other, for the process that started this one; ends when that one does. */
prepareImageProcessor();

async function answerTo({ bytes: sent, purpose }: ImageWork): Promise<ImageAnswer> {
  const bytes = Buffer.from(sent.buffer, sent.byteOffset, sent.length);
  withReadableBrand(bytes);
  const seen = await lookAt(bytes);
  return 'fault' in seen ? seen : makePicture(bytes, seen, purpose);
}

process.on('message', (work: ImageWork) => {
  answerTo(work).then(
    (answer) => process.send!(answer),
    // Nothing that happens in here says anything about the site: the picture cannot be read.
    () => process.send!({ fault: 'broken' } satisfies ImageAnswer),
  );
});
process.once('disconnect', () => process.exit());
