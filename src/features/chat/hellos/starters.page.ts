import { isInterest } from '../../../kernel/interests.ts';
import { message, named } from '../../../kernel/message.ts';
import type { PersonFacts } from '../../../web/views/slots.ts';

const MOST = 3;

/** What a first message could ask about, made from somebody's page: of each kind one, before a second of any. Languages that the reader has too come first: those are why the two fit. Without a name: many a username reads like a handle on another app, and would be held back. */
export function startersFor(
  { languages, interests }: Pick<PersonFacts, 'languages' | 'interests'>,
  reader: { languages: readonly { code: string; role: 'native' | 'learning' }[] } = { languages: [] },
) {
  const liked = interests.filter(isInterest).map((code) => {
    const interest = message(`profile.interest.${code}`);
    return {
      label: message('chat.starter.interest', { interest }),
      text: message('chat.starter.interest.text', { interest }),
    };
  });
  const isReaders = ({ code, role }: PersonFacts['languages'][number]) =>
    reader.languages.some((own) => own.code === code && own.role !== role);
  const languagesOf = (role: 'native' | 'learning', kind: 'speaks' | 'learns') =>
    languages
      .filter((one) => one.role === role)
      .toSorted((one, other) => Number(isReaders(other)) - Number(isReaders(one)))
      .map(({ code }) => {
        const language = named('language', code);
        return {
          label: message(`chat.starter.${kind}`, { language }),
          text: message(`chat.starter.${kind}.text`, { language }),
        };
      });
  const kinds = [liked, languagesOf('learning', 'learns'), languagesOf('native', 'speaks')];
  const inTurn = [0, 1, 2].flatMap((turn) => kinds.flatMap((kind) => kind.slice(turn, turn + 1)));
  return inTurn.slice(0, MOST);
}
