import { days, hours, minutes } from './clock.ts';
import { message, type Message } from './message.ts';

/** Of seconds: "45 seconds", "1 minute", "72 hours", "30 days". Rounds up, so that no wait is told too short. */
export function durationOf(wait: number): Message {
  if (wait < 60) return message('web.duration.seconds', { count: Math.max(1, Math.ceil(wait)) });
  if (wait < 3600) return message('web.duration.minutes', { count: Math.ceil(wait / 60) });
  if (wait < 4 * 86_400) return message('web.duration.hours', { count: Math.ceil(wait / 3600) });
  return message('web.duration.days', { count: Math.ceil(wait / 86_400) });
}

/** Of milliseconds, as policies have them. */
export function lasting(ms: number): Message {
  return durationOf(ms / 1000);
}

/** "just now", "3 minutes ago", "90 days ago" */
export function agoOf(then: Date, now: Date): Message {
  const passed = Math.max(0, now.getTime() - then.getTime());
  const whole = (unit: number) => ({ count: Math.floor(passed / unit) });
  if (passed < minutes(1)) return message('web.ago.now');
  if (passed < hours(1)) return message('web.ago.minutes', whole(minutes(1)));
  if (passed < days(1)) return message('web.ago.hours', whole(hours(1)));
  return message('web.ago.days', whole(days(1)));
}
