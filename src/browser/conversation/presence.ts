/** The page says both states in its language, and shows the one that holds; null: one of the two does not show it any more. */
export function showPresence(who: string, state: 'here' | 'gone' | null): void {
  const said = document.querySelectorAll<HTMLElement>(`[data-presence="${CSS.escape(who)}"]`);
  for (const element of said) element.hidden = element.dataset.state !== state;
}
