/** Who is looked for: whoever speaks what the viewer learns and learns what they speak, or one of both only. */
export type Fit = 'both' | 'speaks' | 'learns';
