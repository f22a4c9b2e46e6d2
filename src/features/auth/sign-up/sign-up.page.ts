import type { Request } from 'express';
import { message } from '../../../kernel/message.ts';
import { USERNAME_MAX, USERNAME_MIN } from '../../../kernel/username.ts';
import type { FormView } from '../../../web/forms/forms.ts';
import { countryHint } from '../../../web/request/country-hint.ts';
import { sitePathsOf } from '../../../web/session/site-paths.ts';
import { namesFor } from '../../../web/words/names.ts';
import { dialCountries, type CanText } from '../accounts/dial-countries.ts';
import { languagePolicy, minimumAge, passwordPolicy } from '../policy.ts';

export interface SignUpPageOptions {
  mobileOffered: boolean;
  canText: CanText;
}

const site = 'ChatLink';

/** Also of an older form's single field. */
function birthdayIn(form: FormView) {
  const [year = '', month = '', day = ''] = form.value('dateOfBirth').split('-');
  const typed = [form.value('dateOfBirthDay'), form.value('dateOfBirthMonth'), form.value('dateOfBirthYear')];
  const [typedDay = '', typedMonth = '', typedYear = ''] = typed;
  return typed.some(Boolean) ? { day: typedDay, month: typedMonth, year: typedYear } : { day, month, year };
}

/** For `auth/sign-up`. */
export function signUpPage(req: Request, form: FormView, { mobileOffered, canText }: SignUpPageOptions) {
  const names = namesFor(req);
  const { terms, privacy } = sitePathsOf(req);
  return {
    title: message('auth.signUp.title', { site }),
    form,
    channel: mobileOffered && form.value('channel') === 'mobile' ? 'mobile' : 'email',
    mobileOffered,
    // A form that was sent keeps its own, chosen or not.
    mobileCountry: form.isFilled ? form.value('mobileCountry') : (countryHint(req, canText) ?? ''),
    filled: form.isFilled,
    birthday: birthdayIn(form),
    countries: names.countries,
    dialCountries: mobileOffered ? dialCountries(names, canText) : [],
    languages: names.languages,
    languageNames: names.languageNames,
    namesLang: names.locale,
    agree: { terms, privacy },
    limits: {
      passwordMin: passwordPolicy.min,
      passwordMax: passwordPolicy.max,
      learningMax: languagePolicy.learningMax,
      minAge: minimumAge,
      usernameMin: USERNAME_MIN,
      usernameMax: USERNAME_MAX,
    },
  };
}
