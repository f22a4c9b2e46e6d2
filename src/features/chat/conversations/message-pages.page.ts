import { message, shownMoment } from '../../../kernel/message.ts';
import { type FormError, type FormShape, formView, type FormValues } from '../../../web/forms/forms.ts';
import { langOf } from '../messages/correction.page.ts';
import { excerptOf } from '../messages/excerpt.ts';
import type { ChatMessage, MessageHistory } from '../messages/message.ts';
import { correctShape, editShape, reactShape } from '../messages/messages.forms.ts';
import { correspondentView } from '../pairs/correspondent.page.ts';
import { commonReactions, messageLimits, noteLimits } from '../policy.ts';
import type { Conversation } from './conversations.ts';

/** A message of a conversation that a page is about. */
export interface About {
  conversation: Conversation;
  said: ChatMessage & { text: string };
}

export interface Filled {
  values: FormValues;
  errors: readonly FormError[];
}

function pathsOf({ conversation, said }: About) {
  const chat = `/chats/${conversation.with}`;
  return { path: `${chat}/messages/${said.seq}`, back: `${chat}#m-${said.seq}` };
}

function writing(about: About, shape: FormShape, { values, errors }: Filled) {
  const { text, language } = about.said;
  const form = formView(shape, { ...values, text: String(values.text ?? text) }, errors);
  return { ...pathsOf(about), form, lang: langOf(language), most: messageLimits.units };
}

export function editPage(about: About, filled: Filled) {
  return {
    title: message('chat.edit.title'),
    ...writing(about, editShape, filled),
    graphemes: messageLimits.graphemes,
  };
}

export function correctPage(about: About, filled: Filled, clientId: string) {
  const { said, conversation } = about;
  const values = { ...filled.values, clientId: String(filled.values.clientId || clientId) };
  return {
    title: message('chat.correct.title'),
    ...writing(about, correctShape, { ...filled, values }),
    name: correspondentView(conversation.person).name,
    original: said.text,
    language: said.language ?? '',
    note: { units: noteLimits.units, graphemes: noteLimits.graphemes },
  };
}

export function reactPage(about: About, { values, errors }: Filled) {
  const { said } = about;
  return {
    title: message('chat.react.title'),
    ...pathsOf(about),
    form: formView(reactShape, values, errors),
    text: excerptOf(said.text),
    lang: langOf(said.language),
    emoji: commonReactions.map(([emoji, name]) => ({ emoji, name: message(`chat.emoji.${name}`) })),
    mine: said.reactions.find(({ mine }) => mine)?.emoji ?? null,
  };
}

export function deletePage(about: About) {
  const { path, back } = pathsOf(about);
  return {
    title: message('chat.delete.title'),
    question: {
      heading: message('chat.delete.title'),
      lines: [
        message('chat.delete.words', { text: excerptOf(about.said.text) }),
        message('chat.delete.explained'),
      ],
      action: `${path}/delete`,
      fields: {},
      button: message('chat.menu.delete'),
      busy: message('chat.delete.busy'),
      danger: true,
      back: { path: back, text: message('chat.back') },
    },
  };
}

export function historyPage(about: About, { versions, language, mine }: MessageHistory) {
  const { gone, name } = correspondentView(about.conversation.person);
  return {
    title: message('chat.history.title'),
    back: pathsOf(about).back,
    mine,
    name: gone ? null : name,
    lang: langOf(language),
    versions: versions.map(({ text, at }) => ({ text, at: shownMoment(at) })).toReversed(),
  };
}
