// Hundreds of vectors, each through every way by which words of others reach a page: a ticket and its title, a letter and its subject, the
// answer of staff, an article with its preview. Nothing of them becomes more than words, and the browser has nothing to refuse.

import { colleagueSignsIn, customerSignsIn } from '../lib/desk.mjs';
import { counter, judge, judgeMany } from '../lib/harm.mjs';
import { markup, vectors } from '../lib/vectors.mjs';

const ADA = 'ada@people.example';
// What an entry of a ticket takes, and an article, with room for the marks between the vectors.
const LONGEST = 15_000;
// Ends what a vector may have left open in Markdown, so that the next one has its turn.
const APART = '\n\n--> ?> ]]> </script></style></textarea></pre> >\n\n';

const mark = (at) => `vector-${at}.`;

// The vectors in pieces that fit, each vector with its mark behind it.
function pieces(apart) {
  const all = [[]];
  let length = 0;
  for (const [at, vector] of vectors.entries()) {
    const text = `${vector}${apart}${mark(at)}\n\n`;
    if (length + text.length > LONGEST) {
      all.push([]);
      length = 0;
    }
    length += text.length;
    all.at(-1).push({ at, text });
  }
  return all.map((piece) => ({ text: piece.map(({ text }) => text).join(''), marks: piece.map(({ at }) => mark(at)) }));
}

const inALine = (vector, longest) => [...vector.replace(/\s+/g, ' ').trim()].slice(0, longest).join('');

async function goes(page, button) {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.locator(button).first().click()]);
}

export default async function hostileWords(tools) {
  if (markup.length < 300) throw new Error(`${markup.length} vectors only`);
  await countsWhatIsServedAsItIs(tools);
  await tools.page.addInitScript(counter);
  const desk = await tools.another();
  await desk.page.addInitScript(counter);
  await customerSignsIn(tools, ADA);
  await colleagueSignsIn(desk, 'tessa', 'support writer');
  await opensTickets(tools, desk);
  await writesLetters(tools, desk);
  await writesArticles(desk, tools);
}

// The counting must be able to find something: every vector of markup by itself, and all that a browser does about them.
async function countsWhatIsServedAsItIs({ page, options }) {
  const context = await page.context().browser().newContext({ baseURL: options.base });
  const foreign = [];
  context.on('request', (request) => { if (request.url().includes('elsewhere.example')) foreign.push(request.url()); });
  const open = await context.newPage();
  await open.addInitScript(counter);
  let body = '';
  let policy = {};
  await open.route('**/*', (route) => {
    if (!route.request().url().endsWith('/as-it-is')) return route.abort();
    return route.fulfill({ contentType: 'text/html', headers: policy, body });
  });
  body = '<title>empty</title>';
  await open.goto('/as-it-is');
  // A frameset is one only where nothing is before it.
  const unseen = await open.evaluate((all) => all.filter((vector) => [`<p>before</p>${vector}<p>after</p>`, vector].every((text) => (
    window.harm(new DOMParser().parseFromString(text, 'text/html')).length === 0
  ))), markup);
  if (unseen.length) throw new Error(`the counting does not see:\n  ${unseen.join('\n  ')}`);
  body = '<img src=x onerror=sentinel()><svg onload=sentinel()></svg><img src=https://elsewhere.example/1>';
  await open.goto('/as-it-is');
  if (await open.evaluate(() => window.ran) !== 2) throw new Error('the sentinel does not run');
  if (!foreign.length) throw new Error('no foreign request is seen');
  policy = { 'Content-Security-Policy': "default-src 'self'" };
  await open.goto('/as-it-is');
  const refused = await open.evaluate(() => window.refused.length);
  if (refused < 3) throw new Error(`${refused} refusals of the browser are seen instead of three`);
  await context.close();
}

// By the portal: as the first words and the title, in what is shown again when a form is refused, and as the note and answer of staff.
async function opensTickets({ page, watched }, desk) {
  const staff = desk.page;
  const all = pieces('\n');
  for (const [at, { text, marks }] of all.entries()) {
    await page.goto('/center/tickets/new');
    await page.locator('[name=subject]').fill(inALine(vectors[at * 7], 150));
    await page.locator('[name=words]').fill(text);
    await goes(page, '[name=look]');
    await judge(page, 'a ticket being written');
    await goes(page, 'form[action="/center/tickets"] .button--primary');
    await judge(page, 'a ticket of the portal', marks);
    const ticket = page.url().match(/tickets\/([0-9a-f-]+)/)[1];

    await staff.goto(`/console/tickets/${ticket}`);
    await judge(staff, 'a ticket of the portal, for staff', marks);
    await staff.locator('[name=words]').fill(text);
    await goes(staff, '[name=how][value=note]');
    await judge(staff, 'a note', marks);
    await staff.locator('[name=words]').fill(text);
    await goes(staff, '[name=how][value=answer]');
    await judge(staff, 'an answer', marks);
    // Somebody else was quicker: what was typed is shown again.
    await page.reload();
    await page.locator('[name=words]').fill(text);
    await goes(page, 'form[action$="/reply"] .button--primary');
    await staff.locator('[name=words]').fill(text);
    await desk.watched.expecting(422, () => goes(staff, '[name=how][value=answer]'));
    await judge(staff, 'an answer that came too late');
    await page.reload();
    await judge(page, 'an answer, for the customer', marks);
  }
  await page.goto('/center/tickets?q=' + encodeURIComponent('"><img src=x onerror=sentinel()>'));
  await judge(page, 'a search for tickets');
}

// By mail: each vector is a subject and, with its tags, a letter in HTML.
async function writesLetters({ page, world }, desk) {
  await world.publish('people.example', 'v=spf1 ip4:127.0.0.1 -all');
  for (const [at, vector] of vectors.entries()) {
    const subject = Buffer.from(`${mark(at)} ${inALine(vector, 150)}`).toString('base64');
    const text = `<html><body><p>letter-${at}.</p>\n${vector}\n<p>end.</p></body></html>`;
    await world.arrives(ADA, 'support@mailkeep.example', `From: Ada <${ADA}>
To: support@mailkeep.example
Subject: =?utf-8?B?${subject}?=
Message-ID: <${at}.vector@people.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

${Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n')}
`);
  }
  await page.goto('/center/tickets');
  const tickets = new Map();
  for (;;) {
    await judge(page, 'the list of tickets');
    for (const link of await page.locator('.row-link').all()) {
      const number = (await link.innerText()).match(/^vector-(\d+)\./)?.[1];
      if (number) tickets.set(Number(number), (await link.getAttribute('href')).split('/').at(-1));
    }
    const older = page.locator('.pager [rel=next]');
    if (!(await older.count())) break;
    await goes(page, '.pager [rel=next]');
  }
  if (tickets.size !== vectors.length) throw new Error(`${tickets.size} letters of ${vectors.length} became tickets`);
  const pages = (side) => [...tickets].map(([at, ticket]) => ({ path: `/${side}/tickets/${ticket}`, shown: [mark(at), `letter-${at}.`] }));
  await judgeMany(desk.page, 'letters, for staff', pages('console'));
  await judgeMany(page, 'letters, for the customer', pages('center'));
  for (const [at, ticket] of tickets) {
    if (at % 20) continue;
    await desk.page.goto(`/console/tickets/${ticket}`);
    await judge(desk.page, `the letter with ${vectors[at]}`, [mark(at)]);
    await page.goto(`/center/tickets/${ticket}`);
    await judge(page, `the letter with ${vectors[at]}, for the customer`, [mark(at)]);
  }
}

// In an article: what staff write is Markdown, and its HTML is left out.
async function writesArticles({ page, watched }, visitor) {
  // Pictures of our own site that are not there.
  await watched.expecting(404, () => visitor.watched.expecting(404, () => publishes(page, visitor)));
}

async function publishes(page, visitor) {
  for (const [at, { text, marks }] of pieces(APART).entries()) {
    await page.goto('/console/articles/new');
    await page.locator('[name=title]').fill(inALine(`Article ${at} ${vectors[at * 11]}`, 150));
    await page.locator('[name=summary]').fill(inALine(vectors[at * 13 + 1], 300));
    await page.locator('[name=body]').fill('Nothing yet.');
    await goes(page, 'form[action="/console/articles"] .form__foot button');
    await page.locator('[name=body]').fill(text);
    await goes(page, 'form:has([name=built_on]) .form__foot button');
    await judge(page, 'the preview of an article', marks);
    await goes(page, 'form[action$="/submit"] button');
    await page.locator('[popovertarget=publish]').first().click();
    await goes(page, 'form[action$="/publish"] button:visible');
    await judge(page, 'an article, for its writers', marks);
    const address = await page.locator('a[href^="/help/"]').first().getAttribute('href');
    await visitor.page.goto(address);
    await judge(visitor.page, 'an article', marks);
    await visitor.page.goto(`/help/search?q=${encodeURIComponent(vectors[at * 11])}`);
    await judge(visitor.page, 'a search in the knowledgebase');
  }
  await page.goto('/console/articles');
  await judge(page, 'the list of articles');
}
