// Comfort for pages that work without it.

// Copy buttons appear only where copying works.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const source = button.parentElement.querySelector('code');
      await navigator.clipboard.writeText(source.textContent.trim());
      const label = button.querySelector('[data-copy-label]');
      const before = label.textContent;
      label.textContent = button.dataset.done;
      button.dataset.copied = '';
      setTimeout(() => { label.textContent = before; delete button.dataset.copied; }, 1600);
    });
  }
}

// A choice that changes what a page shows sends its form by itself; the button for it goes away.
for (const form of document.querySelectorAll('form[data-auto]')) {
  form.querySelector('[data-auto-button]')?.setAttribute('hidden', '');
  form.addEventListener('change', () => form.requestSubmit());
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
}

// A page that waits for something asks again by itself, for as long as somebody looks at it.
const waits = document.querySelector('[data-refresh-seconds]');
if (waits) {
  setInterval(() => { if (!document.hidden) location.reload(); }, Number(waits.dataset.refreshSeconds) * 1000);
}

// What is open is masked again by the page itself (a Refresh header); this only says how long it still is.
for (const note of document.querySelectorAll('[data-countdown]')) {
  const left = note.querySelector('[data-countdown-left]');
  const end = performance.now() + Number(note.dataset.countdown) * 1000;
  const tick = () => { left.textContent = `${Math.max(0, Math.ceil((end - performance.now()) / 1000))} s`; };
  tick();
  setInterval(tick, 1000);
}

// The first field with a message is where to go on.
document.querySelector('[aria-invalid="true"]')?.focus();
