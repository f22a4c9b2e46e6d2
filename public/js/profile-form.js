/** Says how much room is left, as a reader counts: a family of emoji is one character. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('en', { granularity: 'grapheme' }) : null;

/** A line below a field, spoken when it changes only where it warns. */
const lineAfter = (element) => {
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
};

/** Stops at twice the room: whoever pasted a book wants an answer at once. */
const countIn = (text, max) => {
  let count = 0;
  for (const _ of segmenter.segment(text.trim())) if (++count > max * 2) break;
  return count;
};

for (const field of segmenter ? document.querySelectorAll('[data-count]') : []) {
  const max = Number(field.dataset.count);
  const say = lineAfter(field);
  const refresh = () => {
    const count = countIn(field.value, max);
    const shown = count > max * 2 ? `More than ${max * 2}` : count;
    say(`${shown} of ${max}`, count > max ? `Too long: use at most ${max} characters.` : '');
  };
  field.addEventListener('input', refresh);
  refresh();
}

for (const box of document.querySelectorAll('[data-choose-at-most]')) {
  const max = Number(box.dataset.chooseAtMost);
  const say = lineAfter(box.querySelector('.hint'));
  const refresh = () => {
    const chosen = box.querySelectorAll(':checked').length;
    say(`${chosen} of ${max} chosen`, chosen > max ? `Too many: choose at most ${max}.` : '');
  };
  box.addEventListener('change', refresh);
  refresh();
}
