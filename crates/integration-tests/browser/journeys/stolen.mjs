// A mailbox was used from a strange place. Its owner says in the Customer Center that it was not them: everybody is signed out, the passwords end,
// and with a new one the mailbox is theirs again.

import { customerSignsIn } from '../lib/desk.mjs';

const LETTER = `From: bo@remote.example
To: ada@sample-shop.example
Subject: Are you back?
Message-ID: <back@remote.example>

Hello.
`;

export default async function stolen(tools) {
  const { page, hands, look, world, options } = tools;
  const webmail = await readsAtHome(tools);
  await customerSignsIn(tools, 'ada@people.example');
  await page.getByText('Was that you?').waitFor();
  await look('overview, was that you');
  await hands.go('link', 'Answer');
  await page.getByText('It was not used from that network in the last 90 days.').waitFor();
  await look('mailbox, was that you');
  await hands.go('button', 'No, lock the mailbox');
  await page.getByText('its passwords have ended').waitFor();
  if (await page.getByText('Was that you?').count()) throw new Error('it is asked still');
  await look('mailbox, locked');

  // Whoever was signed in is not any more, and the old password is none.
  await webmail.page.goto('/mail/held');
  await webmail.page.getByRole('button', { name: 'Open' }).waitFor();
  await refuses(world, options.address, options.password);

  await hands.fill('Device', 'New laptop');
  await hands.go('button', 'Make a password');
  await page.getByText('It is not shown again').waitFor();
  await look('mailbox, new password');
  const password = (await page.locator('.record__fields code').nth(1).innerText()).trim();
  await world.kept(options.address, password, 'INBOX', LETTER);
  await webmail.hands.fill('E-mail address', options.address);
  await webmail.hands.fill('Password', password);
  await webmail.hands.go('button', 'Open');
  await webmail.page.goto('/mail');
  await webmail.page.getByRole('link', { name: /Are you back/ }).waitFor();
  if (await webmail.page.getByText('wait and were not sent').count()) throw new Error('what the thief wrote waits still');
}

// Another browser, signed in to the webmail since before.
async function readsAtHome({ another, options }) {
  const tools = await another();
  await tools.page.goto('/mail');
  await tools.hands.fill('E-mail address', options.address);
  await tools.hands.fill('Password', options.password);
  await tools.hands.go('button', 'Open');
  await tools.page.getByText('wait and were not sent').waitFor();
  return tools;
}

async function refuses(world, address, password) {
  const let_in = await world.kept(address, password, 'INBOX', LETTER).then(() => true, () => false);
  if (let_in) throw new Error('the old password opens the mailbox still');
}
