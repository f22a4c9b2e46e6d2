/** What scripts share, through one door: esbuild makes one file of it, which every page has fetched already. */
export { fetchJson, fetchPart } from './asking.ts';
export { closable } from './dialog.ts';
export { currentMember, draftOf, forgetDraft, keepDraft, tidyDrafts } from './drafts.ts';
export { all, find, need, said } from './elements.ts';
export { sayOfField } from './field-error.ts';
export { lineAfter } from './line-after.ts';
export { poll } from './polling.ts';
export { holdForms, release } from './presses.ts';
export { send } from './sending.ts';
export { isSigningOut, keepUnsent, typedKey } from './signing-out.ts';
export { showTimes } from './times.ts';
export { noteUnsent } from './unsent-note.ts';
export { t } from './words.ts';
