// Follows every link below an address and looks at each kind of page once, so that no page stays unseen because no
// journey has business there.

const MOST = 80;

// Pages that differ only in whose thing they show are of one kind.
const kind = (path) => path.split('/').map((part) => (/\d/.test(part) ? '…' : part)).join('/');

export async function tour({ page, options, look, watched }, root) {
  if (!options.look) return;
  const seen = new Set();
  const waiting = [root];
  while (waiting.length && seen.size < MOST) {
    const path = waiting.shift();
    if (seen.has(kind(path))) continue;
    seen.add(kind(path));
    const answer = await page.request.get(path);
    if (!answer.headers()['content-type']?.startsWith('text/html')) continue;
    await page.goto(path);
    await look(`tour of ${kind(path)}`);
    const links = await page.locator('a[href]:not([download])').evaluateAll((all) => all.map((link) => link.href));
    for (const link of links.map((href) => new URL(href))) {
      if (link.origin === new URL(page.url()).origin && link.pathname.startsWith(root)) waiting.push(link.pathname);
    }
  }
  if (seen.size < 5) watched.faults.push(`the tour of ${root} found ${[...seen].join(', ')} only`);
}
