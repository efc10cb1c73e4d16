// An order that is held: explained, let on by a code; another one refused, appealed, and looked at again by somebody else,
// who then blocks a domain.

import { colleagueSignsIn, customerSignsIn } from '../lib/desk.mjs';

export default async function screening(tools) {
  await verifies(tools);
  await appeals(tools);
  await looksAgain(tools);
  await blocksADomain(tools);
}

// Opens one's order from the overview.
async function opensTheOrder({ page, hands }) {
  await page.goto('/center');
  const order = page.getByRole('main').locator('a[href^="/order/"]').first();
  await Promise.all([page.waitForNavigation(), hands.pressHere(order)]);
}

async function verifies(tools) {
  const { page, hands, look, world, watched } = tools;
  await customerSignsIn(tools, 'vera@remote.example');
  await opensTheOrder(tools);
  await page.getByRole('heading', { name: 'Please show us that it is you' }).waitFor();
  await look('held order, explained');
  await hands.go('button', 'Send a code by e-mail');
  await page.getByText('The code is on its way').waitFor();
  await look('held order, code sent');
  const mail = await world.sent('vera@remote.example', 'Your code');
  const code = /\b\d{8}\b/.exec(mail.replaceAll('=\r\n', ''))[0];
  await watched.expecting(422, async () => {
    await hands.fill('The code from the e-mail', code === '00000000' ? '11111111' : '00000000');
    await hands.go('button', 'Go on');
    await page.getByText('not the code that was sent').first().waitFor();
    await look('held order, wrong code');
  });
  await hands.fill('The code from the e-mail', code);
  await hands.go('button', 'Go on');
  await page.getByRole('heading', { name: 'Your order is accepted' }).waitFor();
  await look('held order, let on');
}

async function appeals(tools) {
  const { page, hands, look } = tools;
  await tools.page.context().clearCookies();
  await customerSignsIn(tools, 'otto@remote.example');
  await opensTheOrder(tools);
  await page.getByRole('heading', { name: 'We cannot accept this order' }).waitFor();
  await look('refused order, explained');
  await hands.fill('What you write', 'I mistyped the code of my card.');
  await hands.go('button', 'Ask for another look');
  await page.getByText('Another person looks at your order').waitFor();
  await look('refused order, appealed');
}

async function looksAgain(tools) {
  const { page, hands, look } = tools;
  await page.context().clearCookies();
  await colleagueSignsIn(tools, 'ingrid', 'fraud_reviewer');
  await hands.visit('Order review');
  await look('orders, an appeal');
  const order = page.getByRole('main').getByRole('table').getByRole('link').first();
  await Promise.all([page.waitForNavigation(), hands.pressHere(order)]);
  await look('appeal, sealed');
  await hands.go('button', 'Open for this review');
  await page.getByText('I mistyped the code of my card.').waitFor();
  await look('appeal, open');
  await hands.fill('Your answer to the applicant', 'Thank you. Please pay again.');
  await hands.go('button', 'Take the order back in');
  await page.getByText('The order waits for its payment again.').waitFor();
  await look('appeal, granted');
}

async function blocksADomain({ page, hands, look, watched }) {
  await hands.visit('Order review');
  await hands.go('link', 'Block list');
  await look('block list, empty');
  await watched.expecting(422, async () => {
    await hands.fill('The mail domain', 'gmail.com');
    await hands.go('button', 'Block it');
    await page.getByText('gives addresses to anybody').first().waitFor();
    await look('block list, refused');
  });
  await hands.fill('The mail domain', 'burner.example');
  await hands.select('Reason', 'Sends spam');
  await hands.go('button', 'Block it');
  await page.getByText('The domain is blocked.').waitFor();
  await look('block list');
  await hands.go('button', 'Lift');
  await page.getByText('Lifted.').waitFor();
}
