import type { Forms, FormRules } from '../../../web/forms/form-rules.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { answerShape, decideShape, nameShape, staysShape } from '../decisions/decide.forms.ts';
import { decideBounds } from '../policy.ts';

const withWords = { decide: decideShape, confirm: staysShape, answer: answerShape, name: nameShape };

/** Of the forms on the page of a case, `/desk/cases/:id`. */
export function caseFormRules(
  page: string,
  shownAgain: (shape: FormShape) => FormRules['shownAgain'],
): Forms {
  const formPage = (path: string) => path.replace(/\/[a-z]+$/, '');
  const pressed = ['take', 'return', 'undo', 'restore', 'seal'].map((name) => [name, { page: formPage }]);
  const written = Object.entries(withWords).map(([name, shape]) => [
    name,
    { page: formPage, bounds: decideBounds, shownAgain: shownAgain(shape) },
  ]);
  return Object.fromEntries(
    [...pressed, ...written].map(([name, rules]) => [`${page}/${name as string}`, rules]),
  ) as Forms;
}
