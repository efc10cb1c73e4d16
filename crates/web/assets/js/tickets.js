// Keys for working through a queue of tickets or of held mail. Whatever they do is a link or a button of the page.

const rows = [...document.querySelectorAll('[data-row]')];
const keys = document.getElementById('keys');
let here = -1;

// The keys exist only here, and so does the word of them.
document.querySelector('[data-keys-offer]')?.removeAttribute('hidden');

const go = (to) => {
  if (!rows.length) return;
  rows[here]?.removeAttribute('data-here');
  here = Math.min(rows.length - 1, Math.max(0, to));
  rows[here].setAttribute('data-here', '');
  rows[here].querySelector('[data-open]').focus();
};

const pick = () => rows[here]?.querySelector('[type="checkbox"]');

// On a queue an act is for the ticket where one stands, unless others are ticked.
const act = (name) => {
  const form = document.querySelector('[data-triage]');
  const button = form?.querySelector(`[name="act"][value="${name}"]`);
  if (!button) return false;
  if (!form.querySelector('.triage__pick:checked') && pick()) pick().checked = true;
  button.click();
  return true;
};

const press = (key) => {
  const target = document.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  target.closest('details')?.setAttribute('open', '');
  if (target.matches('input')) { target.focus(); target.select(); } else target.click();
};

// A button that asks first is for the row where one stands, unless others are ticked.
const pressFor = (key) => {
  if (pick() && !document.querySelector('[data-triage] .triage__pick:checked')) pick().checked = true;
  press(key);
};

const write = (note) => {
  const words = document.getElementById('f-words');
  if (!words) {
    // From a queue the ticket is opened, and the words are begun there.
    const link = rows[here]?.querySelector('[data-open]');
    if (link) location.assign(`${link.href}#${note ? 'note' : 'f-words'}`);
    return;
  }
  for (const button of words.form.querySelectorAll('[name="how"]')) button.toggleAttribute('data-meant', note ? button.value === 'note' : button.value === 'answer');
  words.focus();
};

const deeds = {
  j: () => go(here + 1),
  k: () => go(here - 1),
  x: () => { const box = pick(); if (box) box.checked = !box.checked; },
  a: () => act('take') || press('a'),
  s: () => act('solve') || press('s'),
  r: () => write(false),
  n: () => write(true),
  u: () => { if (!rows.length) document.querySelector('.crumbs a')?.click(); },
  c: () => press('c'),
  t: () => pressFor('t'),
  l: () => act('release'),
  d: () => pressFor('d'),
  m: () => press('m'),
  '/': () => press('/'),
  '?': () => keys.togglePopover(),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input:not([type="checkbox"]), textarea, select')) {
    // Ctrl and Enter send what is meant; Escape leaves the field.
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const deed = deeds[event.key];
  if (!deed || (keys.matches(':popover-open') && event.key !== '?')) return;
  event.preventDefault();
  deed();
});

// Words are sent with Ctrl and Enter, as whatever was meant when they were begun.
document.getElementById('f-words')?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const form = event.target.form;
  (form.querySelector('[data-meant]') ?? form.querySelector('[value="answer"]'))?.click();
});

// Opened from a queue to write a note.
if (location.hash === '#note') write(true);
