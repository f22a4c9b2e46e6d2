import { message, type Message, shownMoment } from '../../../kernel/message.ts';
import { type FormError, type FormValues, formView } from '../../../web/forms/forms.ts';
import { reportedNameMax, reportPolicy, reportText } from '../policy.ts';
import { outsideShape, reportShape } from './report.forms.ts';
import { reportReasons } from './reasons.ts';
import type { Seen } from './reports.service.ts';
import type { OwnReport } from './reports.store.ts';

const { messagesAround: around, lastMessages: last } = reportPolicy;

const wordsOf = {
  person: {
    title: (who: Message | string) => message('safety.report.title.person', { who }),
    looksAt: (who: Message | string) => message('safety.report.looksAt.person', { who, last }),
    name: message('safety.reports.kind.person'),
  },
  message: {
    title: () => message('safety.report.title.message'),
    looksAt: () => message('safety.report.looksAt.message', { around }),
    name: message('safety.reports.kind.message'),
  },
  conversation: {
    title: () => message('safety.report.title.conversation'),
    looksAt: () => message('safety.report.looksAt.conversation', { last }),
    name: message('safety.reports.kind.conversation'),
  },
} as const;

/** Of a kind that a release to come declares, it is still a report of a person. */
function wordsFor(kind: string) {
  return wordsOf[kind as keyof typeof wordsOf] ?? wordsOf.person;
}

function reasonsOf(chosen: string) {
  return reportReasons.map((value) => ({
    value,
    label: message(`safety.report.reason.${value}`),
    chosen: value === chosen,
  }));
}

const limits = { characters: reportText.graphemes, units: reportText.units };

export interface FormState {
  values: FormValues;
  errors?: readonly FormError[];
}

function whoIs({ username }: Pick<Seen, 'username'>): Message | string {
  return username === null ? message('safety.report.formerMember') : `@${username}`;
}

export function reportPage(seen: Seen, { values, errors = [] }: FormState) {
  const words = wordsFor(seen.kind);
  const who = whoIs(seen);
  const form = formView(reportShape, values, errors);
  return {
    title: words.title(who),
    form,
    reasons: reasonsOf(form.value('reason')),
    limits,
    reported: {
      who,
      isThere: seen.username !== null,
      quote: seen.quote,
      looksAt: words.looksAt(who),
      messages: (seen.evidence.messages ?? []).map(({ by, text, at }) => ({
        who: by === 'reporter' ? message('safety.report.you') : who,
        text: text ?? message('safety.report.deleted'),
        at: shownMoment(new Date(at)),
      })),
    },
  };
}

export function filedPage(filed: readonly OwnReport[]) {
  return {
    title: message('safety.reports.title'),
    filed: filed.map(({ kind, reason, at, decidedAt }) => ({
      what: wordsFor(kind).name,
      reason: message(`safety.report.reason.${reason}`),
      at: shownMoment(at),
      decidedAt: decidedAt && shownMoment(decidedAt),
    })),
  };
}

export function outsidePage({ values, errors = [] }: FormState) {
  const form = formView(outsideShape, values, errors);
  return {
    title: message('safety.report.outside.title'),
    form,
    reasons: reasonsOf(form.value('reason')),
    limits: { ...limits, who: reportedNameMax },
  };
}
