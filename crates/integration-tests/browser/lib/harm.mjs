// Counts what words must never become on a page: programs, handlers, addresses that are programs, what is fetched from somebody else,
// and places to type into. `counter` runs in the page; what it finds it names.

export function counter() {
  window.refused = [];
  window.ran = 0;
  window.sentinel = () => { window.ran += 1; };
  document.addEventListener('securitypolicyviolation', (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));

  const ADDRESSES = ['href', 'xlink:href', 'src', 'srcset', 'action', 'formaction', 'data', 'poster', 'background', 'lowsrc', 'dynsrc', 'ping'];
  // Never on a page of ours, and never needed in words. Scripts, forms and drawings of our own are looked at below.
  const NEVER = ['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base', 'style', 'math', 'marquee', 'template', 'plaintext',
    'animate', 'set', 'animatetransform', 'foreignobject', 'handler', 'feimage', 'image', 'noembed', 'noframes', 'xmp', 'listing', 'audio', 'video', 'track'];
  // Markdown becomes these, and nothing else.
  const TEXT = ['p', 'a', 'b', 'i', 'em', 'strong', 'del', 's', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote', 'h2', 'h3', 'h4', 'h5', 'h6',
    'hr', 'br', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];
  const PLAIN = '.entry__words *, .row-link *, .page-head h1 *, .diff ins *, .diff del *, .help-text h1 *';

  const plain = (url) => url.replace(/[\u0000-\u0020]/g, '').replaceAll('\\', '/').toLowerCase();
  const program = (url) => /^(javascript|vbscript|data):/.test(plain(url));
  const ours = (url) => (/^[/#?]/.test(plain(url)) && !plain(url).startsWith('//')) || url.startsWith(`${location.origin}/`);

  // A form whose fields are named like properties hides its own, so they are asked of the class.
  const own = (name) => Object.getOwnPropertyDescriptor(Element.prototype, name).get;
  const [localName, outerHTML, attributes] = [own('localName'), own('outerHTML'), own('attributes')];
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);

  window.harm = (doc) => {
    const found = [];
    const say = (element, why) => found.push(`${why}: ${outerHTML.call(element).slice(0, 160)}`);
    for (const element of doc.querySelectorAll('*')) {
      const tag = localName.call(element).toLowerCase();
      if (NEVER.includes(tag)) say(element, tag);
      if (tag === 'script' && !ours(attribute(element, 'src') ?? 'inline')) say(element, 'a script');
      if (tag === 'form' && !ours(attribute(element, 'action') ?? 'nowhere')) say(element, 'a form');
      if (['input', 'select', 'textarea'].includes(tag) && !element.form) say(element, 'a field');
      if (tag === 'meta' && (element.hasAttribute('http-equiv') || !element.closest('head'))) say(element, 'a meta');
      for (const { name, value } of attributes.call(element)) {
        if (/^on/i.test(name)) say(element, 'a handler');
        if (name === 'style' || name === 'srcdoc') say(element, `an attribute ${name}`);
        if (!ADDRESSES.includes(name)) continue;
        if (program(value)) say(element, 'an address that is a program');
        const read = name === 'href' && ['a', 'area', 'link'].includes(tag) && !/stylesheet|preload|prefetch|icon|manifest/.test(element.rel ?? '');
        if (!read && !ours(value)) say(element, 'fetched or sent elsewhere');
      }
    }
    for (const element of doc.querySelectorAll(PLAIN)) say(element, 'markup in plain words');
    for (const element of doc.querySelectorAll('.prose *')) if (!TEXT.includes(element.localName)) say(element, 'markup in an article');
    return found;
  };
}

// Looks at the page that is open; `shown` must stand on it, each.
export async function judge(page, name, shown = []) {
  const { found, refused, ran } = await page.evaluate(() => ({ found: window.harm(document), refused: window.refused, ran: window.ran }));
  if (ran) throw new Error(`${name}: a vector ran ${ran} times`);
  if (refused.length) throw new Error(`${name}: the browser had to refuse: ${refused.join(', ')}`);
  if (found.length) throw new Error(`${name}: ${found.length} found:\n  ${found.slice(0, 20).join('\n  ')}`);
  const text = await page.locator('body').innerText();
  const missing = shown.filter((words) => !text.includes(words));
  if (missing.length) throw new Error(`${name}: not shown: ${missing.slice(0, 5).join(', ')} and others, ${missing.length} in all`);
}

// Looks at many pages as the browser reads them, without opening each: `wanted` holds a path and what must stand there.
export async function judgeMany(page, name, wanted) {
  const faults = await page.evaluate(async (wanted) => {
    const look = async ({ path, shown }) => {
      const answer = await fetch(path);
      const read = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const missing = shown.filter((words) => !read.body.textContent.includes(words));
      return [...window.harm(read), ...missing.map((words) => `not shown: ${words}`), ...(answer.ok ? [] : [`${answer.status}`])]
        .map((fault) => `${path}: ${fault}`);
    };
    const all = [];
    for (let at = 0; at < wanted.length; at += 8) all.push(...await Promise.all(wanted.slice(at, at + 8).map(look)));
    return all.flat();
  }, wanted);
  if (faults.length) throw new Error(`${name}: ${faults.length} found:\n  ${faults.slice(0, 20).join('\n  ')}`);
}
