// A new colleague enrols, reviews two orders that the screening held, and looks around in the console.

import { tour } from '../lib/tour.mjs';

const PASSWORD = 'correct-horse-battery-7-staple';

export default async function staff(tools) {
  const secret = await enrols(tools);
  await signsIn(tools, secret);
  await approves(tools);
  await refuses(tools);
  await looksAround(tools);
  await tour(tools, '/console');
}

async function enrols({ page, hands, look, world, watched }) {
  await page.goto(await world.staff('rosalind', 'fraud_reviewer operator support'));
  await look('enrolment');
  await hands.fill('New password', PASSWORD);
  await hands.go('button', 'Go on');
  await look('enrolment, second factor');
  const secret = (await page.locator('.copy code').innerText()).trim();
  await watched.expecting(422, async () => {
    await hands.fill('Code', '000000');
    await hands.go('button', 'Turn it on');
    await look('enrolment, wrong code');
  });
  await hands.fill('Code', await world.code(secret));
  await hands.go('button', 'Turn it on');
  await look('enrolment, recovery codes');
  await hands.go('link', 'I have kept them');
  return secret;
}

async function signsIn({ page, hands, look, world, watched }, secret) {
  await look('console, sign-in');
  await hands.fill('Name', 'rosalind');
  await hands.fill('Password', 'not this one');
  await hands.fill('Code', '000000');
  await watched.expecting(422, async () => {
    await hands.go('button', 'Sign in');
    await page.getByText('Name, password or code is not right.').waitFor();
    await look('console, sign-in refused');
  });
  await hands.fill('Name', 'rosalind');
  await hands.fill('Password', PASSWORD);
  await hands.fill('Code', await world.code(secret, 1));
  await hands.go('button', 'Sign in');
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  await look('console');
}

// Opens the order that has waited longest; the screening may still be at work.
async function opensAnOrder({ page, hands, look }) {
  const orders = page.getByRole('main').getByRole('table').getByRole('link');
  await hands.visit('Order review');
  while (!(await orders.count())) await page.reload();
  await look('orders');
  await Promise.all([page.waitForNavigation(), hands.pressHere(orders.first())]);
  await look('order, sealed');
  await hands.go('button', 'Open for this review');
  await page.getByText('This look is recorded').waitFor();
  await look('order, open');
}

async function approves(tools) {
  const { page, hands, look } = tools;
  await opensAnOrder(tools);
  await hands.press('button', 'Approve');
  const dialog = page.getByRole('dialog', { name: 'Approve this order?' });
  await dialog.waitFor();
  await look('order, approving');
  await hands.go('button', 'Approve', dialog);
  await page.getByText('The order is approved.').waitFor();
}

async function refuses(tools) {
  const { page, hands, look } = tools;
  await opensAnOrder(tools);
  await hands.press('button', 'Refuse');
  const dialog = page.getByRole('dialog', { name: 'Refuse this order?' });
  await hands.fill('Reason for the record', 'The card was reported lost.', dialog);
  await hands.go('button', 'Refuse', dialog);
  await page.getByText('The order is refused.').waitFor();
  await look('orders, none');
}

async function looksAround({ page, hands, look }) {
  await hands.visit('Customers');
  await look('customers');
  await hands.fill('Find a customer', 'info@remote.example');
  await hands.go('button', 'Search');
  await page.getByText('Active').waitFor();
  await look('customers, found');
  await hands.visit('Outgoing mail');
  await look('queue');
  await hands.visit('Jobs');
  await page.getByRole('heading', { name: 'Dead letters', exact: true }).waitFor();
  await look('jobs');
  await hands.visit('Overview');
  await hands.visit('Order review');
}
