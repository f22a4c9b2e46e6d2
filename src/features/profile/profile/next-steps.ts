/** Of one's own profile. */
export interface StepFacts {
  allPictures: readonly { kind: string; state: string }[];
  bio: string;
  languages: readonly { role: string; level: string | null }[];
}

/** In the order in which they help most. */
export const steps = ['picture', 'words', 'levels'] as const;
export type Step = (typeof steps)[number];

/** What a profile has nothing of yet. A picture in the making counts. */
export function missingFrom({ allPictures, bio, languages }: StepFacts) {
  const missing: Record<Step, boolean> = {
    picture: !allPictures.some(({ kind, state }) => kind === 'avatar' && state !== 'refused'),
    words: bio === '',
    levels: languages.some(({ role, level }) => role === 'learning' && level === null),
  };
  return steps.filter((step) => missing[step]);
}

/** One at a time; null: the profile says enough, or as much as they want. */
export function nextStepOf(profile: StepFacts & { dismissedSteps: readonly string[] }): Step | null {
  return missingFrom(profile).find((step) => !profile.dismissedSteps.includes(step)) ?? null;
}
