import type { Request } from 'express';
import { latestBirthDate } from '../../kernel/age.ts';
import { callingCode } from '../../kernel/phone-number.ts';
import type { FormView } from '../../web/forms.ts';
import { namesFor, type Names, type Option } from '../../web/names.ts';
import { languagePolicy, minimumAge, passwordPolicy } from './policy.ts';

const dialLists = new WeakMap<Names, Option[]>();

/** Countries with their calling codes, "Germany (+49)", of those that may be texted. */
export const dialCountries = (names: Names, texted: (country: string) => boolean): Option[] => {
  let list = dialLists.get(names);
  if (!list) {
    list = names.countries.flatMap(({ value, label }) => {
      const code = texted(value) ? callingCode(value) : null;
      return code ? [{ value, label: `${label} (+${code})` }] : [];
    });
    dialLists.set(names, list);
  }
  return list;
};

export interface SignUpPageOptions {
  mobileOffered: boolean;
  texted: (country: string) => boolean;
  now: Date;
}

/** The model of `auth/sign-up`. */
export const signUpPage = (
  req: Request,
  form: FormView,
  { mobileOffered, texted, now }: SignUpPageOptions,
) => {
  const names = namesFor(req);
  return {
    title: 'Join ChatLink',
    form,
    channel: mobileOffered && form.value('channel') === 'mobile' ? 'mobile' : 'email',
    mobileOffered,
    countries: names.countries,
    dialCountries: mobileOffered ? dialCountries(names, texted) : [],
    languages: names.languages,
    namesLang: names.locale,
    limits: {
      passwordMin: passwordPolicy.min,
      passwordMax: passwordPolicy.max,
      learningMax: languagePolicy.learningMax,
      minAge: minimumAge,
      latestBirthDate: latestBirthDate(minimumAge, now),
    },
  };
};
