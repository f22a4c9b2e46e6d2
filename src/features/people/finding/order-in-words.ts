import { lasting } from '../../../kernel/duration.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { activityPolicy, clocksApart, findingPolicy, weights } from '../policy.ts';

type Weight = keyof typeof weights;
/** Told in the sentence of another. */
type Told = 'levelUnknown' | 'mostInterests' | 'awakeHalf';

/** What the order of people is made of, as the terms tell it: a sentence for each weight, the most points first. */
export function orderInWords(w: Readonly<Record<Weight, number>> = weights): {
  lead: Message;
  weighed: readonly Message[];
} {
  const step = lasting(activityPolicy.step);
  const weighed: Record<Exclude<Weight, Told>, Message> = {
    level: message('people.order.level', { points: w.level, unknown: w.levelUnknown }),
    interest: message('people.order.interest', { points: w.interest, most: w.mostInterests }),
    awake: message('people.order.awake', {
      points: w.awake,
      half: w.awakeHalf,
      close: lasting(clocksApart.close),
      far: lasting(clocksApart.far),
    }),
    active: message('people.order.active', { points: w.active, step }),
    newcomer: message('people.order.newcomer', {
      points: w.newcomer,
      most: findingPolicy.newcomers,
      lifetime: lasting(activityPolicy.newcomerFor),
    }),
    shown: message('people.order.shown', { points: -w.shown }),
    near: message('people.order.near', { points: -w.near }),
  };
  return {
    lead: message('people.order.lead', {
      window: findingPolicy.window,
      lifetime: lasting(activityPolicy.dormantAfter),
    }),
    weighed: (Object.keys(weighed) as (keyof typeof weighed)[])
      .toSorted((one, other) => w[other] - w[one])
      .map((weight) => weighed[weight]),
  };
}
