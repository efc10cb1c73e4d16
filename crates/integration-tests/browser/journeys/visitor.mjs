// A visitor becomes a customer and gets a first mail.

import { tmpdir } from 'node:os';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tour } from '../lib/tour.mjs';

const DOMAIN = 'first-shop.example';
const EMAIL = 'ada@people.example';
const PASSWORD = 'correct-horse-battery-7-staple';

export default async function visitor(tools) {
  await readsTheSite(tools);
  await ordersAndRegisters(tools);
  await pays(tools);
  await provesTheDomain(tools);
  const password = await makesAMailbox(tools);
  await readsTheFirstMail(tools, password);
  await answers(tools);
  await tour(tools, '/center');
}

async function readsTheSite({ page, hands, look }) {
  await page.goto('/');
  await look('home');
  await hands.go('link', 'Read the policy', page.getByRole('main').locator('section').first());
  await page.getByRole('heading', { level: 1 }).waitFor();
  await look('policy');
  await page.goBack();
  await findsAnArticle({ page, hands, look });
  await hands.go('link', 'See plans and prices', page.getByRole('main').locator('section').first());
  await look('plans');
}

// A mistyped word is enough, and no cookie is set.
async function findsAnArticle({ page, hands, look }) {
  await page.goto('/help');
  await look('knowledgebase');
  await hands.fill('Search the knowledgebase', 'thunderbrid');
  await hands.go('button', 'Search', page.getByRole('search'));
  await page.getByText('We looked for “thunderbird”').waitFor();
  await look('knowledgebase, found');
  await hands.go('link', /Set up Thunderbird Add/, page.getByRole('main'));
  await look('article');
  await hands.go('button', 'Yes');
  await page.getByText('Thank you. It is counted.').waitFor();
  await look('article, helped');
  const cookies = await page.context().cookies();
  if (cookies.length > 0) throw new Error(`a visitor has cookies: ${cookies.map((cookie) => cookie.name)}`);
  await page.goto('/');
}

async function ordersAndRegisters({ page, hands, look, world, watched }) {
  await hands.go('link', /^Choose /, page.getByRole('article').nth(1));
  await look('order');
  await watched.expecting(422, async () => {
    await hands.fill('Your domain', 'no domain');
    await hands.fill('Mailboxes', '2');
    await hands.go('button', 'Continue');
    await page.getByText('is not a domain name').waitFor();
    await look('order, refused');
  });
  await hands.fill('Your domain', DOMAIN);
  await hands.go('button', 'Continue');
  await look('register');
  await hands.go('link', 'Sign in', page.getByRole('main'));
  await look('sign-in');
  await hands.go('link', 'Make an account', page.getByRole('main'));
  await hands.fill('Your name', 'Ada Example');
  await hands.fill('E-mail address', EMAIL);
  await watched.expecting(422, async () => {
    await hands.fill('Password', 'ada');
    await hands.go('button', 'Make the account');
    await page.getByText('Use at least 10 characters').waitFor();
    await look('register, refused');
  });
  await hands.fill('Password', PASSWORD);
  await hands.go('button', 'Make the account');
  await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
  await look('register, sent');
  await page.goto(await world.mailedLink(EMAIL, '/confirm'));
  await look('confirm');
  await hands.go('button', 'Yes, this address is mine');
  await look('confirmed');
  await hands.go('link', /^Go /);
  await hands.fill('E-mail address or Registration ID', EMAIL);
  await hands.fill('Password', PASSWORD);
  await hands.go('button', 'Sign in', page.getByRole('main'));
}

async function pays({ page, hands, look }) {
  if (!page.url().endsWith('/order/review')) await page.goto('/order/review');
  await look('order, review');
  await hands.fill('Street and number', '1 Sample Street');
  await hands.fill('City', 'Springfield');
  await hands.fill('State or region', 'NY');
  await hands.fill('Postal code', '10001');
  await hands.select('Country', 'United States');
  await hands.tick('I have read the terms and the privacy policy.');
  await hands.go('button', /^Order and pay /);
  await look('sandbox');
  await hands.choose(/^Ask the payer/);
  await hands.go('button', /^Pay /);
  await look('sandbox, 3-D Secure');
  await hands.go('button', 'Yes, it is me');
  const accepted = page.getByRole('heading', { name: 'Your order is accepted' });
  // Without JavaScript the page goes on by itself too, by its head.
  await accepted.waitFor();
  await look('order, accepted');
  await hands.go('link', 'Set up your mail');
  await look('overview, new');
}

async function provesTheDomain({ page, hands, look, world, watched }) {
  await hands.go('link', 'Prove the domain');
  await look('domain, unproven');
  const proof = page.locator('section', { has: page.getByRole('heading', { name: 'Prove that the domain is yours' }) });
  await watched.expecting(422, async () => {
    await hands.go('button', 'I have published it: look now');
    await page.getByText('We did not find the record yet').first().waitFor();
    await look('domain, record missing');
  });
  const [name, value] = await proof.locator('code').allInnerTexts();
  await world.publish(name, value);
  await hands.go('button', 'I have published it: look now');
  await page.getByText('The domain is proven.').waitFor();
  await look('domain, proven');
}

async function makesAMailbox({ page, hands, look }) {
  await hands.visit('Mailboxes');
  await look('mailboxes, none');
  await hands.go('link', 'New mailbox', page.getByRole('main').locator('.page-head'));
  await look('mailbox, new');
  await hands.fill('Name before the @', 'ada');
  await hands.select('Domain', `@${DOMAIN}`);
  await hands.go('button', 'Make the mailbox');
  await look('mailbox, made');
  await hands.fill('Device', 'Webmail');
  await hands.go('button', 'Make a password');
  const once = page.locator('section', { has: page.getByRole('heading', { name: 'Password for Webmail' }) });
  await look('mailbox, password');
  const [, password] = await once.locator('code').allInnerTexts();
  await hands.go('link', 'Set up a device', once);
  await look('mailbox, set up');
  return password;
}

async function readsTheFirstMail({ page, hands, look, world, javascript }, password) {
  await page.goto('/mail');
  await look('webmail, sign-in');
  await hands.fill('E-mail address', `ada@${DOMAIN}`);
  await hands.fill('Password', password);
  await hands.go('button', 'Open');
  await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
  await look('webmail, empty');
  await world.arrives('bo@remote.example', `ada@${DOMAIN}`,
    `From: Bo Sample <bo@remote.example>\nTo: ada@${DOMAIN}\nSubject: The first mail\nMessage-ID: <1@remote.example>\n\nDear Ada,\n\nit works.\n`);
  const row = page.getByRole('link', { name: /The first mail/ });
  // The page learns of it by itself; without JavaScript one looks again.
  if (!javascript) await page.reload();
  await row.waitFor();
  await look('webmail, one mail');
  await hands.go('link', /The first mail/);
  await page.getByText('it works.').waitFor();
  await look('webmail, a mail');
}

async function answers({ page, hands, look, world }) {
  await hands.go('link', 'Reply', page.getByRole('main'));
  await look('webmail, reply');
  await hands.fill('Text', 'Dear Bo,\n\nso it does.\n');
  const file = join(await mkdtemp(join(tmpdir(), 'journey-')), 'plan.txt');
  await writeFile(file, 'eleven shelves');
  await hands.attach('Attach files', file);
  await hands.go('button', 'Send');
  await page.getByText('Your message is on its way.').waitFor();
  await look('webmail, sent');
  const mail = await world.sent('bo@remote.example', 'so it does.');
  for (const part of ['Subject: Re: The first mail', 'In-Reply-To: <1@remote.example>', 'plan.txt', 'DKIM-Signature:']) {
    if (!mail.includes(part)) throw new Error(`the reply has no “${part}”:\n${mail}`);
  }
}
