import { message } from '../../../kernel/message.ts';
import { type FormError, type FormValues, formView } from '../../../web/forms/forms.ts';
import { choiceNames, choices, privacyShape } from './privacy-settings.forms.ts';

export interface PrivacyPageState {
  values: FormValues;
  errors?: readonly FormError[];
  isMinor: boolean;
}

/** For `settings/privacy`. */
export function privacyPage({ values, errors = [], isMinor }: PrivacyPageState) {
  const form = formView(privacyShape, values, errors);
  return {
    title: message('safety.privacy.title'),
    form,
    isMinor,
    questions: choiceNames.map((name) => ({
      name,
      heading: message(`safety.privacy.${name}.heading`),
      hint: message(`safety.privacy.${name}.hint`),
      options: choices[name].map((value) => ({
        value,
        label: message(`safety.privacy.${value}`),
        chosen: value === form.value(name),
      })),
    })),
  };
}
