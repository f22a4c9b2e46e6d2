import { message, shownMoment, type Value } from '../../kernel/message.ts';
import type { DataExport } from '../../web/feature.ts';
import type { Words } from '../../web/words/words.ts';

/** For people who don't read JSON. Plain text, which every system opens. */
export function readmeOf(madeAt: Date, parts: readonly DataExport[], { t, say }: Words): string {
  const explained: DataExport['explained'] = {
    madeAt: message('privacy.readme.contents.madeAt'),
    ...(Object.assign({}, ...parts.map((part) => part.explained)) as DataExport['explained']),
    missingFiles: message('privacy.readme.contents.missingFiles'),
  };
  const names = Object.assign({}, ...parts.map((part) => part.names ?? {})) as Record<string, Value>;
  const contents = Object.entries(explained).map(([name, text]) => `${name}\n    ${say(text)}\n`);
  const codes = Object.entries(names).map(([code, name]) => t('privacy.readme.code', { code, name }));
  return `${t('privacy.readme.title', { at: shownMoment(madeAt) })}

${t('privacy.readme.data')}
${t('privacy.readme.pictures')}

${t('privacy.readme.times')}
${t('privacy.readme.secrets')}


${t('privacy.readme.contents')}

${contents.join('\n')}

${t('privacy.readme.codes')}

${codes.join('\n')}
`.replaceAll(/\r?\n/g, '\r\n');
}
