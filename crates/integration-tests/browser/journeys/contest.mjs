// A writer makes a contest, a customer enters it, a visitor who hears of contests gets a link and enters, it is drawn, and the page
// of the draw is worked out again in the browser as anybody could.

import { colleagueSignsIn, customerSignsIn, until } from '../lib/desk.mjs';
import { lookAtMail } from '../lib/mail.mjs';

const TITLE = 'Win a year of mail';
const AT = '/contests/win-a-year-of-mail';
const AHEAD = 5 * 86_400;
const day = (days) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T09:30`;

export default async function contest(tools) {
  await writes(tools);
  await enters(tools);
  await draws(tools);
  await verifies(tools);
}

async function writes(tools) {
  const { page, hands, look, watched } = tools;
  await colleagueSignsIn(tools, 'wilma', 'writer');
  await hands.visit('Contests');
  await page.getByRole('heading', { name: 'No contest yet' }).waitFor();
  await look('contests, none');
  await hands.go('link', 'Write a contest', page.locator('.page-head'));
  await look('contest, new');
  await hands.fill('Title', TITLE);
  await hands.fill('What there is to win', 'One of you gets **a year of mail**.');
  await hands.moment('Opens', day(-2));
  await hands.moment('Closes', day(3));
  await watched.expecting(422, async () => {
    await hands.fill('Rules', ' ');
    await hands.go('button', 'Save');
    await page.getByText('Write the rules').waitFor();
    await look('contest, refused');
  });
  await hands.fill('Rules', 'One entry for each of you.\n\n* No cash.\n* We decide nothing: the numbers do.');
  await hands.go('button', 'Save');
  await page.getByText('It is saved.').waitFor();
  await look('contest, draft');
  await hands.go('button', 'Publish');
  await page.getByText('Everybody sees it now').waitFor();
  await look('contest, open');
}

async function enters(tools) {
  const { page, hands, look, watched } = tools;
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.goto('/contests');
  await look('contests, as visitors see them');
  await hands.go('link', TITLE);
  await page.getByText('Customers enter, signed in.').waitFor();
  await look('contest, as visitors see it');
  await customerSignsIn(tools, 'ada@people.example');
  await page.goto(AT);
  for (const box of await page.getByRole('checkbox').all()) {
    if (await box.isChecked()) throw new Error('a box is ticked before');
  }
  await watched.expecting(422, async () => {
    await hands.tick('I am 18 or older');
    await hands.go('button', 'Enter the contest');
    await page.getByText('Whoever enters accepts the rules.').waitFor();
    await look('contest, entry refused');
  });
  await hands.tick(/^I accept the rules below/);
  await hands.go('button', 'Enter the contest');
  await page.getByRole('heading', { name: 'You have entered' }).waitFor();
  await look('contest, entered');
  await hands.go('link', 'Back to the contest');
  await page.getByText('Once is enough.').waitFor();
  await page.goto('/center/choices');
  if (await page.locator('input[name=wanted][value="events_and_contests:email"]').isChecked()) throw new Error('entering chose offers');
  await page.context().clearCookies();
  await page.context().addCookies(cookies);
}

async function draws(tools) {
  const { page, hands, look, world } = tools;
  await page.context().clearCookies();
  await world.later(AHEAD);
  await colleagueSignsIn(tools, 'walter', 'writer', AHEAD);
  await hands.visit('Contests');
  await hands.go('link', TITLE);
  await until(page, page.getByText('The list and its fingerprint are published.'));
  await look('contest, to be drawn');
  await hands.press('button', 'Draw');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await look('contest, draw');
  await hands.go('button', 'Draw', dialog);
  await page.getByText('One entry won').waitFor();
  await look('contest, drawn');
  await lookAtMail(page, 'contest-won', await world.sent('ada@people.example', `You won: ${TITLE}`));
}

async function verifies({ page, look }) {
  await page.context().clearCookies();
  await page.goto(AT);
  await page.getByRole('heading', { name: 'These entries won' }).waitFor();
  await look('contest, over');
  const proof = await (await page.request.get(`${AT}/draw.json`)).json();
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const seed = Uint8Array.from(proof.seed.match(/../g), (pair) => parseInt(pair, 16));
  if (hex(await crypto.subtle.digest('SHA-256', seed)) !== proof.commitment) throw new Error('the seed is another');
  const list = new TextEncoder().encode(proof.entries.map((entry) => `${entry}\n`).join(''));
  if (hex(await crypto.subtle.digest('SHA-256', list)) !== proof.list_hash) throw new Error('the list is another');
  if (proof.winners.join() !== proof.entries.join()) throw new Error('the only entry did not win');
  await page.getByText(proof.winners[0]).first().waitFor();
}
