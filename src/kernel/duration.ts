import { message, type Message } from './message.ts';

/** Of seconds: "45 seconds", "1 minute", "72 hours", "30 days". Rounds up, so that no wait is told too short. */
export function durationOf(wait: number): Message {
  if (wait < 60) return message('web.duration.seconds', { count: Math.max(1, Math.ceil(wait)) });
  if (wait < 3600) return message('web.duration.minutes', { count: Math.ceil(wait / 60) });
  if (wait < 4 * 86_400) return message('web.duration.hours', { count: Math.ceil(wait / 3600) });
  return message('web.duration.days', { count: Math.ceil(wait / 86_400) });
}
