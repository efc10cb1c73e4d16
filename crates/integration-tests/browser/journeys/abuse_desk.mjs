// The abuse desk clears what is held, a cluster at a time: one customer is trusted and released, the mail of another is dropped. Then it looks at
// how what goes out is received.

import { colleagueSignsIn } from '../lib/desk.mjs';

export default async function abuseDesk(tools) {
  const { page, hands, look, world, options } = tools;
  await colleagueSignsIn(tools, 'rosalind', 'abuse_desk');
  await hands.visit('Held mail');
  await page.getByRole('heading', { name: 'Held mail', level: 1 }).waitFor();
  const rows = page.locator('[data-row]');
  if ((await rows.count()) !== 2) throw new Error(`${await rows.count()} clusters instead of two`);
  await page.getByText(`${options.honest} messages`).first().waitFor();
  if (/@remote\.example|@sample-shop/.test(await page.content())) throw new Error('addresses are shown');
  await look('held mail, clusters');

  // What waits longest stands first: the honest one.
  await hands.tick(await label(rows.nth(0)));
  await hands.select('Why', 'The recipients asked for it');
  await hands.go('button', 'Release, and trust the customer');
  await page.getByText(`${options.honest} messages go out now.`).waitFor();
  await world.sent(options.held, 'Subject: offer');
  if ((await rows.count()) !== 1) throw new Error('one cluster should be left');
  await look('held mail, one cluster');

  // What destroys asks first, and may be left.
  await hands.tick(await label(rows.nth(0)));
  await hands.select('Why', 'Unwanted advertising');
  await hands.press('button', 'Drop…');
  const dialog = page.getByRole('dialog', { name: 'Drop what is chosen?' });
  await dialog.waitFor();
  await look('held mail, dropping');
  await hands.press('button', 'Cancel', dialog);
  await dialog.waitFor({ state: 'hidden' });
  await hands.press('button', 'Drop…');
  await hands.go('button', 'Drop it', dialog);
  await page.getByText('and their senders are told.').waitFor();
  await page.getByText('Nothing is held').waitFor();
  await look('held mail, nothing');

  await looksAtSending(tools);
}

async function label(row) {
  return row.getByRole('checkbox').getAttribute('aria-label');
}

async function looksAtSending({ page, hands, look }) {
  await hands.visit('Sending');
  await page.getByRole('heading', { name: 'Sending', level: 1 }).waitFor();
  await page.getByRole('cell', { name: 'remote.example' }).waitFor();
  await page.getByRole('link', { name: 'sample-shop.example' }).first().waitFor();
  await look('sending');
  await hands.go('link', '7 days');
  await page.getByRole('cell', { name: 'remote.example' }).waitFor();
  await look('sending, seven days');
  await hands.go('link', 'Reports of others');
  await page.getByText('Unknown servers').waitFor();
  await page.getByText('203.0.113.9').waitFor();
  await look('sending, reports of others');
  await hands.go('link', 'sample-shop.example');
  await page.getByRole('heading', { name: 'Held mail of a customer', level: 1 }).waitFor();
  await look('held mail of a customer');
}
