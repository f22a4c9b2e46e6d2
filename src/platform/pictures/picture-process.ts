import type { ApartAnswer, ApartWork } from './picture-apart.ts';
import { withReadableBrand } from './picture-heif.ts';
import { lookAt, makePicture, prepareStudio } from './picture-studio.ts';

/** Makes pictures, one after the other, for the process that started this one; ends when that one does. */
prepareStudio();

const answerTo = async ({ bytes: sent, purpose }: ApartWork): Promise<ApartAnswer> => {
  const bytes = Buffer.from(sent.buffer, sent.byteOffset, sent.length);
  withReadableBrand(bytes);
  const seen = await lookAt(bytes);
  return 'fault' in seen ? seen : makePicture(bytes, seen, purpose);
};

process.on('message', (work: ApartWork) => {
  answerTo(work).then(
    (answer) => process.send!(answer),
    // Nothing that happens in here says anything about the site: the picture cannot be read.
    () => process.send!({ fault: 'broken' } satisfies ApartAnswer),
  );
});
process.once('disconnect', () => process.exit());
