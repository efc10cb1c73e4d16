// The card of a customer is declined for good: she is told on the invoice, pays with another card, which pays from then on,
// removes the old one, and looks through everything that moves her money.

import { customerSignsIn, until } from '../lib/desk.mjs';

export default async function cards(tools) {
  await customerSignsIn(tools, 'ada@people.example');
  await upgrades(tools);
  await paysWithAnother(tools);
  await removesTheOld(tools);
  await addsAThird(tools);
  await looksAround(tools);
}

async function upgrades({ page, hands }) {
  await hands.visit('Services');
  await hands.go('link', /^Change/);
  await hands.choose(/^Enterprise/);
  await hands.go('button', 'See what it costs');
  await hands.go('button', /^Change now for/);
  await page.getByText('The change is made.').waitFor();
}

async function paysWithAnother({ page, hands, look }) {
  await hands.visit('Invoices');
  const newest = page.getByRole('main').getByRole('table').getByRole('link').first();
  await Promise.all([page.waitForNavigation(), hands.pressHere(newest)]);
  await until(page, page.getByText('Your bank declined the card that you keep with us.', { exact: false }));
  await look('invoice, card declined');
  await hands.go('button', 'Pay by card');
  await look('sandbox, invoice');
  await hands.go('button', /^Pay /);
  await page.getByText('Paid by card').waitFor();
  await look('invoice, paid');
}

async function removesTheOld({ page, hands, look }) {
  await hands.visit('Payment methods');
  await page.getByText('Pays for everything').waitFor();
  await look('payment methods');
  await hands.press('button', 'Remove');
  await hands.go('button', 'Remove the card');
  await page.getByText('The card is removed.').waitFor();
  if (await page.getByRole('button', { name: 'Remove', exact: true }).count()) throw new Error('the card that pays can be removed');
}

async function addsAThird({ page, hands, look }) {
  await hands.press('button', 'Add a card');
  await look('payment methods, adding');
  await hands.go('button', 'Go to the card processor');
  await look('sandbox, card');
  await hands.choose(/^Approve; the card ends this month/);
  await hands.go('button', 'Keep the card');
  await page.getByText('Ends soon').first().waitFor();
  await look('payment methods, one ends soon');
  await hands.press('button', 'Withdraw');
  await hands.go('button', 'Withdraw', page.getByRole('dialog'));
  await page.getByText('The permission is withdrawn.').waitFor();
  await look('payment methods, by hand');
}

async function looksAround({ page, hands, look }) {
  await hands.visit('Account credit');
  await look('account credit');
  await hands.visit('Payment methods');
  await hands.go('link', 'Cover for a misused card');
  await look('cover');
  await hands.fill('What the bank leaves to you', '25.00');
  await hands.date('Told the bank on', today());
  await hands.tick('I had no part in it, and gave the card to nobody');
  await hands.go('button', 'Open a case');
  await page.getByText('Your case is open.', { exact: false }).waitFor();
  await look('cover, case open');
  await hands.visit('Services');
  await hands.go('link', 'Accepted terms');
  await look('accepted terms');
}

// The day in the time zone of the example catalogue: at night it is not that of UTC.
function today() {
  return new Date().toLocaleDateString('sv-SE', { timeZone: 'America/New_York' });
}
