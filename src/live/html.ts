import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../platform/watching/log.ts';
import type { HintView } from '../web/hint.ts';
import type { Views } from '../web/views/views.ts';
import type { Words } from '../web/words/words.ts';
import type { Connection } from './connection.ts';

interface HtmlDeps {
  hints: () => ReadonlyMap<string, HintView>;
  views: Pick<Views, 'render'>;
  clock: Clock;
  log: Log;
}

/** Pages are told what they show besides, in the language of whoever reads, drawn once for each. */
export function htmlOfHints({ hints, views, clock, log }: HtmlDeps) {
  return (event: string, data: object, userId: string) => {
    const drawn = new Map<Words, object>();
    const draw = (words: Words): object => {
      try {
        const shown = hints().get(event)?.(data, { id: userId, now: clock.now() });
        return shown ? { ...data, html: views.render(shown.view, shown.model, words) } : data;
      } catch (err) {
        // The page asks for what it was not told.
        log.error({ event, err }, 'a hint could not be drawn');
        return data;
      }
    };
    return ({ isPage, who }: Connection): object => {
      if (!isPage || !hints().has(event)) return data;
      const before = drawn.get(who.words) ?? draw(who.words);
      drawn.set(who.words, before);
      return before;
    };
  };
}
