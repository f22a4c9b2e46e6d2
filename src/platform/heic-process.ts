import { memoryBound, decodeHeic } from './heic-library.ts';
import { HeicFault, toRgb, windowOf } from './heic-pixels.ts';
import type { HeicAnswer, HeicWork } from './heic.ts';
import { plainPng } from './plain-png.ts';

/** A process for one picture: it is told what to read, answers once, and ends. */
const answerTo = ({ bytes, cut, side, maxPixels, maxMemory }: HeicWork): HeicAnswer => {
  const memory = memoryBound(maxMemory);
  try {
    const planes = decodeHeic(bytes, maxPixels);
    const { width, height, icc } = planes;
    return { png: plainPng(toRgb(planes, windowOf(width, height, cut, side)), icc) };
  } catch (err) {
    if (memory.reached()) return { fault: 'too-many-pixels' };
    return { fault: err instanceof HeicFault ? err.fault : 'broken' };
  }
};

process.once('message', (work: HeicWork) => process.send!(answerTo(work), () => process.disconnect()));
