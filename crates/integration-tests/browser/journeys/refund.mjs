// A colleague gives a part of an invoice back and some credit for an outage; the customer sees both.

import { colleagueSignsIn, customerSignsIn } from '../lib/desk.mjs';

export default async function refund(tools) {
  await colleagueSignsIn(tools, 'barnaby', 'billing');
  await givesBack(tools);
  await givesCredit(tools);
  const ada = await tools.another();
  await seesIt(ada);
}

async function opensTheInvoice({ page, hands }) {
  await hands.visit('Invoices');
  const first = page.getByRole('main').getByRole('table').getByRole('link').first();
  await Promise.all([page.waitForNavigation(), hands.pressHere(first)]);
}

async function givesBack(tools) {
  const { page, hands, look, watched } = tools;
  await hands.visit('Invoices');
  await look('console, invoices');
  await opensTheInvoice(tools);
  await look('console, invoice');
  await watched.expecting(422, async () => {
    await hands.fill('Credit of line 1, before tax', '9999');
    await hands.go('button', 'See what it comes to');
    await page.getByText('left to credit', { exact: false }).waitFor();
    await look('console, refund too large');
  });
  await hands.fill('Credit of line 1, before tax', '10.00');
  await hands.go('button', 'See what it comes to');
  const give = page.getByRole('button', { name: /^Give .* back$/ });
  await give.waitFor();
  await look('console, refund previewed');
  await hands.go('button', /^Give .* back$/);
  await page.getByText('the money is on its way to the card', { exact: false }).waitFor();
  await page.getByText('Given back to the card').waitFor();
  await look('console, refund done');
  // The back button leads to what came of it, not to the same once more.
  await page.goBack();
  await page.getByText('Given back to the card').waitFor();
  if (await give.count()) throw new Error('it can be given back twice');
  if (await page.getByText('Given back to the card').count() !== 1) throw new Error('given back twice');
}

async function givesCredit({ page, hands, look }) {
  await hands.go('link', 'Account credit', page.getByRole('main'));
  await look('console, credit');
  await hands.fill('Amount', '12.50');
  await hands.select('Reason', 'A service was not what we promised');
  await hands.go('button', 'See what it comes to');
  await look('console, credit previewed');
  await hands.go('button', /^Give /);
  await page.getByText('Done. The customer is told.').waitFor();
  await look('console, credit given');
}

async function seesIt(ada) {
  const { page, hands, look, world } = ada;
  await world.sent('ada@people.example', 'We have given money back');
  await customerSignsIn(ada, 'ada@people.example');
  await hands.visit('Invoices');
  const first = page.getByRole('main').getByRole('table').getByRole('link').first();
  await Promise.all([page.waitForNavigation(), hands.pressHere(first)]);
  await page.getByText('Given back to the card').waitFor();
  await page.getByText('Credit note').first().waitFor();
  await look('invoice, given back');
  await hands.visit('Account credit');
  await page.getByText('A service was not what we promised').waitFor();
  await look('account credit, given');
  await hands.visit('Statements');
  await page.getByText('Credit given').waitFor();
  await look('statement, with credit');
}
