import { lasting } from '../../../kernel/duration.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { activityPolicy, findingPolicy, weights } from '../policy.ts';

/** What the order of people is made of, as the terms tell it: a sentence for each weight. */
export function orderInWords(): { lead: Message; weighed: readonly Message[] } {
  const w = weights;
  const step = lasting(activityPolicy.step);
  const weighed: Record<
    Exclude<keyof typeof weights, 'levelUnknown' | 'mostInterests' | 'awakeHalf'>,
    Message
  > = {
    level: message('people.order.level', { points: w.level, unknown: w.levelUnknown }),
    interest: message('people.order.interest', { points: w.interest, most: w.mostInterests }),
    awake: message('people.order.awake', { points: w.awake, half: w.awakeHalf }),
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
    weighed: Object.values(weighed),
  };
}
