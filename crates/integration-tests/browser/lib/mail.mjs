// Looks at a message as the mail programs of its readers show it: what they know of HTML and CSS by the tables of
// caniemail.com, and that nothing is wider than the screen of a telephone.

import { caniemail } from 'caniemail';

const PROGRAMS = ['gmail.*', 'outlook.*', 'apple-mail.*'];
// What a message is as well off without, where a program does not know it.
const SPARED = ['color-scheme meta tag', 'role attribute', '<body> element', 'white-space', 'word-break'];
const WIDTHS = [360, 800];

// What a design is as well off without: where its sheet is not known, columns stand below each other, and corners are not round.
export const IN_DESIGNS = ['<style> element', '@media', 'border-radius'];

// A folder in `MAILKEEP_TEST_PICTURES` gets pictures, to be looked at by people.
export async function lookAtMail(page, name, mail, besides = []) {
  const pictures = process.env.MAILKEEP_TEST_PICTURES;
  const html = htmlOf(mail);
  const { issues } = caniemail({ clients: PROGRAMS, html });
  for (const [program, all] of issues.errors) {
    const unknown = all.map(({ title }) => title).filter((title) => ![...SPARED, ...besides].includes(title));
    if (unknown.length) throw new Error(`${name}: ${program} does not know ${unknown.join(', ')}`);
  }
  for (const width of WIDTHS) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await page.context().browser().newContext({ viewport: { width, height: 800 }, colorScheme });
      try {
        const reader = await context.newPage();
        await reader.setContent(html);
        const wider = await reader.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wider > 0) throw new Error(`${name}: ${wider} px wider than a screen of ${width} px`);
        if (pictures) await reader.screenshot({ path: `${pictures}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      } finally {
        await context.close();
      }
    }
  }
}

// The part of a message in HTML.
function htmlOf(mail) {
  const part = mail.split(/\r?\n--/).find((one) => /^content-type: text\/html/im.test(one.split(/\r?\n\r?\n/)[0]));
  if (!part) throw new Error('the message has no part in HTML');
  const [, head, body] = part.match(/^([^]*?)\r?\n\r?\n([^]*)$/);
  const coding = head.match(/^content-transfer-encoding: *(\S+)/im)?.[1].toLowerCase();
  if (coding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (coding !== 'quoted-printable') return body;
  const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
