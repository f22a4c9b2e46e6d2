/** In the order of the form. */
export const reportReasons = [
  'dating',
  'insult',
  'money',
  'impersonation',
  'under-13',
  'minor',
  'sexual',
  'violent',
  'self-harm',
  'other',
] as const;
export type ReportReason = (typeof reportReasons)[number];

/** Whoever reports this speaks of a child. */
export const reasonsOfChildren: readonly ReportReason[] = ['under-13', 'minor'];

/** The kind of a report by a visitor; no feature may declare it. */
export const outside = 'outside';
