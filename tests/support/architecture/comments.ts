import type { SourceFile } from './reading.ts';

/** Comments give reasons only; whatever else needs saying, a name says. */
const MOST_PERCENT = 7;
/** Half of the files have at most so many lines. */
const MOST_IN_MEDIAN = 65;

function linesOf({ text }: SourceFile): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** Lines that hold nothing but a comment; a note behind code is none. */
export function commentLinesOf(file: SourceFile): number {
  let isInBlock = false;
  return linesOf(file).filter((line) => {
    const isComment = isInBlock || /^\s*\/[/*]/.test(line);
    isInBlock = isComment && !line.includes('*/') && (isInBlock || /^\s*\/\*/.test(line));
    return isComment;
  }).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** What holds of all files together, not of each: how much of them is comments, and how long they usually are. */
export function faultsOfAll(files: readonly SourceFile[]): string[] {
  const sizes = files.map((file) => linesOf(file).length).sort((a, b) => a - b);
  const [comments, lines] = [sum(files.map(commentLinesOf)), sum(sizes)];
  const median = sizes[sizes.length >> 1] ?? 0;
  return [
    ...(comments * 100 > MOST_PERCENT * lines
      ? [`${((comments * 100) / lines).toFixed(2)} % of lines are comments, more than ${MOST_PERCENT} %`]
      : []),
    ...(median > MOST_IN_MEDIAN ? [`half of the files have ${median} lines or more`] : []),
  ];
}
