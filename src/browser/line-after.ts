/** A line below a field, spoken when it changes only where it warns. */
export function lineAfter(element: HTMLElement): (text: string, spoken: string) => void {
  const line = document.createElement('p');
  line.className = 'hint count';
  const warning = document.createElement('p');
  warning.className = 'visually-hidden';
  warning.setAttribute('role', 'status');
  element.after(line, warning);
  return (text, spoken) => {
    line.textContent = text;
    line.classList.toggle('count-over', spoken !== '');
    if (warning.textContent !== spoken) warning.textContent = spoken;
  };
}
