// A customer upgrades with the price shown before, books a downgrade for the next billing and takes it back, reads the
// statement, cancels, and changes her mind.

import { customerSignsIn } from '../lib/desk.mjs';

const EMAIL = 'ada@people.example';

export default async function billing(tools) {
  await customerSignsIn(tools, EMAIL);
  await upgrades(tools);
  await downgradesLater(tools);
  await readsTheStatement(tools);
  await cancelsAndComesBack(tools);
}

async function upgrades({ page, hands, look }) {
  await hands.visit('Services');
  await look('services');
  await hands.go('link', /^Change/);
  await look('change');
  await hands.choose(/^Enterprise/);
  await hands.go('button', 'See what it costs');
  await page.getByRole('heading', { name: 'What it comes to' }).waitFor();
  await page.getByText('Credit for unused days').waitFor();
  await look('change, previewed');
  const button = page.getByRole('button', { name: /^Change now for/ });
  const amount = (await button.innerText()).replace('Change now for ', '');
  await hands.go('button', /^Change now for/);
  await page.getByText('The change is made.').waitFor();
  await look('changed');
  // What was shown is what is billed.
  await hands.visit('Invoices');
  await page.getByText(amount).first().waitFor();
}

async function downgradesLater({ page, hands, look }) {
  await hands.visit('Services');
  await hands.go('link', /^Change/);
  await hands.choose(/^Business/);
  await hands.choose(/^With the next billing/);
  await hands.go('button', 'See what it costs');
  await page.getByText(/^Nothing today/).waitFor();
  await look('change for later, previewed');
  await hands.go('button', 'Change with the next billing');
  await page.getByText('A change waits for the next billing').waitFor();
  await look('a change waits');
  await hands.go('button', 'Take the change back');
  await page.getByText('The change was taken back.').waitFor();
}

async function readsTheStatement({ page, hands, look }) {
  await hands.visit('Statements');
  await page.getByText('Opening balance').waitFor();
  await page.getByText('Closing balance').waitFor();
  await look('statement');
}

async function cancelsAndComesBack({ page, hands, look }) {
  await hands.visit('Services');
  await hands.go('link', /^Cancel this service/);
  await page.getByRole('heading', { name: 'When should it end?' }).waitFor();
  await look('leaving');
  await hands.go('button', /^Cancel for/);
  await page.getByText('The service is cancelled.', { exact: false }).waitFor();
  await look('cancelled');
  await hands.go('button', 'Keep the service after all');
  await page.getByText('The service goes on.').waitFor();
  await look('kept');
}
