import { faultsOfBrowser } from './browser.ts';
import { faultsOfCircles } from './circles.ts';
import { importsOf, type SourceFile } from './reading.ts';
import { faultOfImport } from './rooms.ts';
import { faultsOfSite } from './site.ts';
import { faultsOfSizes } from './sizes.ts';
import { faultsOfFunctions } from './style.ts';
import { faultsOfFacts, faultsOfLayers, faultsOfPrisma, faultsOfWords } from './words.ts';

/** Everything in which files break the rules of the house, as "path: what". */
export function faultsOf(files: readonly SourceFile[]): string[] {
  return [
    ...files.flatMap((file) =>
      [
        ...importsOf(file).flatMap((line) => faultOfImport(file, line) ?? []),
        ...faultsOfLayers(file),
        ...faultsOfFacts(file),
        ...faultsOfPrisma(file),
        ...faultsOfWords(file),
        ...faultsOfFunctions(file),
      ].map((fault) => `${file.path}: ${fault}`),
    ),
    ...faultsOfBrowser(files),
    ...faultsOfCircles(files),
    ...faultsOfSite(files),
    ...faultsOfSizes(files),
  ];
}
