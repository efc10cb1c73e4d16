// Comfort for the webmail, which works without it: keys, a frame as high as its message, new mail by itself.

const typing = (target) => target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]');
const rows = () => [...document.querySelectorAll('[data-row]')];
let at = -1;

function step(by) {
  const all = rows();
  if (!all.length) return false;
  at = Math.max(0, Math.min(all.length - 1, at + by));
  for (const row of all) row.removeAttribute('data-at');
  all[at].setAttribute('data-at', '');
  all[at].querySelector('a').focus({ preventScroll: true });
  all[at].scrollIntoView({ block: 'nearest' });
  return true;
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  if (document.querySelector(':popover-open') && event.key !== '?') return;
  const row = rows()[at];
  const act = {
    'j': () => step(1),
    'k': () => step(-1),
    'x': () => row?.querySelector('input[type=checkbox]').click(),
    's': () => row?.querySelector('.mail-star').click(),
    '/': () => document.querySelector('input[type=search]')?.focus(),
    '?': () => document.getElementById('mail-keys')?.togglePopover(),
  };
  if (rows().length && act[event.key]) {
    act[event.key]();
    event.preventDefault();
    return;
  }
  const target = [...document.querySelectorAll('.mail-main [data-key], .mail-side [data-key]')]
    .find((element) => element.dataset.key === event.key);
  if (target) {
    // Acts on a list go for the row at hand when nothing is ticked.
    const boxes = row && target.form?.matches('.mail-list') && !target.form.querySelector('input[name=m]:checked');
    if (boxes) row.querySelector('input[type=checkbox]').checked = true;
    target.click();
    event.preventDefault();
  } else if (act[event.key]) {
    act[event.key]();
    event.preventDefault();
  }
});

// The frame grows with its message. It runs no script of its own; we only read its height.
for (const frame of document.querySelectorAll('iframe[data-fit]')) {
  const fit = () => {
    // The body's height, since the document is never less high than the frame and would grow with it for ever.
    const height = frame.contentDocument?.body?.scrollHeight ?? 0;
    if (height > 40) frame.style.setProperty('block-size', `${Math.min(height + 4, 20000)}px`);
  };
  frame.addEventListener('load', () => {
    fit();
    new ResizeObserver(fit).observe(frame);
    for (const picture of frame.contentDocument?.images ?? []) picture.addEventListener('load', fit);
  });
  if (frame.contentDocument?.readyState === 'complete') fit();
}

// New mail: the list is fetched again when the mailbox changes, unless somebody is about to do something with it.
const list = document.querySelector('[data-list]');
if (list && 'EventSource' in window) {
  const events = new EventSource('/mail/events');
  let waiting = false;
  events.addEventListener('changed', () => {
    if (waiting) return;
    waiting = true;
    setTimeout(async () => {
      waiting = false;
      if (document.querySelector('input[name=m]:checked, :popover-open')) return;
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const held = rows()[at]?.querySelector('input[name=m]').value;
      const same = held && fresh.querySelector(`input[name=m][value="${held}"]`)?.closest('[data-row]');
      same?.setAttribute('data-at', '');
      for (const part of ['[data-live]', '.mail-side .mail-folders']) {
        const [now, next] = [document.querySelector(part), fresh.querySelector(part)];
        if (!now || !next || now.innerHTML === next.innerHTML) continue;
        const focused = now.contains(document.activeElement);
        now.replaceWith(document.adoptNode(next));
        if (focused && same && next.contains(same)) same.querySelector('a').focus({ preventScroll: true });
      }
      // The row at hand stays at hand, wherever it is now.
      at = same ? rows().indexOf(same) : -1;
      document.title = fresh.title;
    }, 400);
  });
  window.addEventListener('pagehide', () => events.close());
}

// A letter half written is not left by mistake.
const letter = document.querySelector('form[data-write]');
if (letter) {
  let touched = false;
  letter.addEventListener('input', () => { touched = true; });
  letter.addEventListener('submit', () => { touched = false; });
  window.addEventListener('beforeunload', (event) => { if (touched) event.preventDefault(); });
}
