// Whatever the browser complains of is a fault: errors of the console (a broken Content-Security-Policy is one),
// of scripts, failed and foreign requests.

export function watch(context, base) {
  const faults = [];
  const allowed = new Set();
  let offline = false;
  // The browser fetches a page's icon anew by itself when the theme changes; no code of the page asks for it.
  const iconOffline = (url, text) => offline && url.startsWith(`${base}/assets/favicon.`) && text?.includes('net::ERR_INTERNET_DISCONNECTED');
  const isAllowed = (status) => allowed.has(Number(status));
  context.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    const status = message.text().match(/responded with a status of (\d+)/)?.[1];
    if (status && isAllowed(status)) return;
    if (iconOffline(message.location().url, message.text())) return;
    faults.push(`console on ${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`script on ${error.page()?.url()}: ${error.error().stack}`));
  context.on('request', (request) => {
    const url = request.url();
    if (url.startsWith(`${base}/`) || url.startsWith('data:') || url.startsWith('blob:')) return;
    faults.push(`a request to somebody else: ${url}`);
  });
  context.on('requestfailed', (request) => {
    // Leaving a page ends what it was loading, and a download is not shown.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    if (iconOffline(request.url(), request.failure()?.errorText)) return;
    faults.push(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`);
  });
  context.on('response', (response) => {
    if (response.status() < 400 || isAllowed(response.status())) return;
    faults.push(`${response.request().method()} ${response.url()}: ${response.status()}`);
  });
  return {
    faults,
    // For the time of `work` there is no network: the page must do without asking for anything.
    async offline(work) {
      offline = true;
      await context.setOffline(true);
      try { return await work(); } finally { await context.setOffline(false); offline = false; }
    },
    // For the time of `work`, answers of this status are what is looked for.
    async expecting(status, work) {
      allowed.add(status);
      try { return await work(); } finally { allowed.delete(status); }
    },
  };
}
