import { z } from 'zod';
import { message } from '../../../kernel/message.ts';
import { act, noInput } from '../../../web/act.ts';
import { durationOf } from '../../../kernel/duration.ts';
import { reportFormBounds } from '../policy.ts';
import { AboutForm, aboutShape, ReportForm, reportShape } from './report.forms.ts';
import { reportReasons } from './reasons.ts';
import type { Reports } from './reports.service.ts';

const Words = z.object({
  by: z.enum(['reporter', 'reported']),
  text: z.string().nullable(),
  at: z.iso.datetime(),
});

export function reportActs(reports: Reports) {
  return {
    look: act({
      name: 'reports.look',
      route: 'GET /report',
      access: 'member',
      scope: 'reports:write',
      input: { shape: aboutShape, schema: AboutForm },
      output: z.object({
        kind: z.string(),
        username: z.string().nullable(), // null: somebody who is gone
        quote: z.string().nullable(),
        messages: z.array(Words), // which whoever decides looks at
      }),
      refusals: { nobody: 404 },
      run: (viewer, { about }) => reports.find(viewer, about),
      answer: ({ kind, username, quote, evidence }) => ({
        kind,
        username,
        quote,
        messages: evidence.messages?.slice() ?? [],
      }),
      tell: () => message('safety.report.nobody'),
    }),

    file: act({
      name: 'reports.file',
      route: 'POST /report',
      access: 'member',
      scope: 'reports:write',
      input: { shape: reportShape, schema: ReportForm },
      bounds: reportFormBounds,
      output: z.object({}),
      refusals: { 'signed-out': 401, nobody: 404, 'too-often': 429 },
      run: (viewer, input) => reports.report(viewer, input),
      answer: () => ({}),
      tell: (refusal) =>
        refusal.reason === 'too-often'
          ? message('safety.report.tooOften', { wait: durationOf(refusal.retryInMs / 1000) })
          : message('safety.report.nobody'),
    }),

    filed: act({
      name: 'reports.filed',
      route: 'GET /report/sent',
      access: 'member',
      scope: 'reports:read',
      input: noInput,
      output: z.object({
        items: z.array(
          z.object({
            kind: z.string(),
            reason: z.enum(reportReasons),
            at: z.iso.datetime(),
            decidedAt: z.iso.datetime().nullable(),
          }),
        ),
        next: z.null(),
      }),
      refusals: {},
      run: (viewer) => reports.filedBy(viewer),
      answer: (filed) => ({
        items: filed.map(({ at, decidedAt, ...report }) => ({
          ...report,
          at: at.toISOString(),
          decidedAt: decidedAt?.toISOString() ?? null,
        })),
        next: null,
      }),
    }),
  };
}

export type ReportActs = ReturnType<typeof reportActs>;
