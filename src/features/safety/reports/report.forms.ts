import { z } from 'zod';
import { parseEmail } from '../../../kernel/email-address.ts';
import { issue, message } from '../../../kernel/message.ts';
import { trimmed } from '../../../kernel/text/typed.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { writtenText } from '../../../web/forms/written-text.ts';
import { reportedNameMax, reportText } from '../policy.ts';
import { reportReasons } from './reasons.ts';

export const reportShape: FormShape = { texts: ['about', 'reason', 'text', 'block'] };

const reason = z.enum(reportReasons, issue('safety.report.reason.error'));
const words = writtenText(message('safety.report.text.what'), reportText);

export const ReportForm = z
  .object({
    about: z.string().max(reportedNameMax),
    reason,
    text: words,
    block: z.enum(['', 'on']).transform((ticked) => ticked === 'on'),
  })
  .refine(({ reason, text }) => reason !== 'other' || text !== '', {
    path: ['text'],
    message: issue('safety.report.text.error.other'),
  });

export const outsideShape: FormShape = { texts: ['who', 'reason', 'text', 'email'] };

const contactEmail = z.string().transform((typed, ctx) => {
  if (trimmed(typed) === '') return null;
  const email = parseEmail(typed);
  if (email) return email.address;
  ctx.addIssue({ code: 'custom', message: issue('safety.report.outside.email.error') });
  return z.NEVER;
});

const limits = { graphemes: reportedNameMax, units: reportedNameMax, lines: 1 };

export const OutsideForm = z.object({
  who: writtenText(message('safety.report.outside.who.what'), limits).refine(
    (who) => who !== '',
    issue('safety.report.outside.who.error'),
  ),
  reason,
  text: words.refine((text) => text !== '', issue('safety.report.text.error.empty')),
  email: contactEmail,
});

export const aboutShape: FormShape = { texts: ['about'] };
export const AboutForm = z.object({ about: z.string() });
