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

// A large file shows how far it is. What the server answers takes the place of the page, as if the browser had sent the form.
function watchUploads() {
  for (const form of document.querySelectorAll('form[data-upload]')) {
    const progress = form.querySelector('[data-upload-progress]');
    const bar = progress.querySelector('progress');
    const left = progress.querySelector('[data-upload-left]');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const request = new XMLHttpRequest();
      request.open('POST', form.action);
      request.responseType = 'document';
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        const percent = total ? Math.floor((loaded / total) * 100) : 0;
        bar.value = percent;
        left.textContent = `${percent} %`;
      });
      request.addEventListener('load', () => {
        const main = request.response?.querySelector('main');
        if (!main) { location.reload(); return; }
        document.querySelector('main').replaceWith(main);
        watchUploads();
        (main.querySelector('[aria-invalid="true"]') ?? main).focus();
      });
      // Whatever the line does not say, the page knows after it was loaded again.
      request.addEventListener('error', () => location.reload());
      progress.hidden = false;
      form.querySelector('button').disabled = true;
      request.send(new FormData(form));
    });
  }
}
watchUploads();

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
