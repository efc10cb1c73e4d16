// A letter to the privacy desk becomes a case: a privacy officer says what it is, the person shows through the address on file that
// they ask, their data is erased, and they fetch the certificate. A visitor asks by the form and follows the answer.

import { readFile } from 'node:fs/promises';
import { colleagueSignsIn, customerSignsIn, until } from '../lib/desk.mjs';

const EMAIL = 'ada@people.example';
const VISITOR = 'zoe@people.example';
const DESK = 'privacy@example.com';

export default async function privacyCase(tools) {
  const officer = await tools.another();
  await visitorAsks(tools);
  await writes(tools);
  await colleagueSignsIn(officer, 'petra', 'privacy_officer');
  const number = await triages(officer);
  await confirms(tools);
  await acts(officer, number);
  await reads(tools, number);
  await isErased(tools);
}

// A visitor asks without an account, and follows the case by the link of the letter.
async function visitorAsks({ page, hands, look, watched, world }) {
  await page.goto('/privacy');
  await look('form');
  await watched.expecting(422, async () => {
    await hands.fill('Your e-mail address', VISITOR);
    await hands.fill('In your own words', 'What do you hold about me?');
    await hands.go('button', 'Send', page.getByRole('main'));
    await page.getByRole('alert').first().waitFor();
    await look('form, refused');
  });
  await hands.choose(/See what is held/);
  await hands.go('button', 'Send', page.getByRole('main'));
  await page.getByText('We sent the number of your case').waitFor();
  await page.goto(await world.mailedLink(VISITOR, '/privacy/cases/'));
  await page.getByText('A privacy officer works on it.').waitFor();
  await look('case, followed');
}

async function writes({ page, hands, look, world }) {
  const head = `From: Ada <${EMAIL}>\nTo: ${DESK}\nMessage-ID: <1@people.example>\n`;
  const letter = `${head}Subject: =?utf-8?q?Re=3A_PRIVACY_?= policy\n\nPlease delete my data.\n`;
  await world.arrives(EMAIL, DESK, letter);
  await world.sent(EMAIL, 'request about your data');
  await customerSignsIn({ page, hands }, EMAIL);
  await page.goto('/center/privacy/cases');
  await page.getByRole('link', { name: 'Not read yet' }).waitFor();
  await look('cases');
}

// Gives the number of the case.
async function triages({ page, hands, look }) {
  await page.goto('/console/privacy-cases?view=unread');
  await look('queue of cases');
  const link = page.getByRole('main').getByRole('link', { name: /^T-/ }).first();
  const number = (await link.innerText()).trim();
  await Promise.all([page.waitForNavigation(), hands.pressHere(link)]);
  await page.getByText('Please delete my data.').waitFor();
  await page.getByText('Its words look like: Have it erased.').waitFor();
  await look('case, unread');
  await page.getByLabel('Answered under').first().selectOption('gdpr');
  await hands.go('button', 'Set', page.getByRole('main'));
  await page.getByText('The case is set.').waitFor();
  await hands.go('button', 'Send the link');
  await page.getByText('The link is on its way.').waitFor();
  await look('case, asked to confirm');
  return number;
}

async function confirms({ page, hands, look, world }) {
  const link = await world.mailedLink(EMAIL, '/privacy/confirm');
  await page.goto(link);
  await page.getByText('Have it erased').waitFor();
  await look('confirm');
  await hands.go('button', 'Yes, I asked this');
  await page.getByText('We know now that it is you').waitFor();
  await look('confirmed');
}

async function acts({ page, hands, look }, number) {
  await page.goto(`/console/privacy-cases?q=${number}`);
  await page.getByRole('heading', { name: 'Do what is asked' }).waitFor();
  await look('case, confirmed');
  await hands.press('button', 'Erase their data');
  await look('case, erase?');
  await hands.go('button', 'Erase their data', page.getByRole('dialog'));
  await page.getByText('The erasure is planned.').waitFor();
  await hands.fill('Your answer', 'We erase it all. The link to the certificate comes by mail.');
  await hands.go('button', 'Answer and settle');
  await page.getByText('The case is settled').waitFor();
  await look('case, settled');
}

async function reads({ page, look }, number) {
  await page.goto('/center/privacy/cases');
  await page.getByText(number).waitFor();
  await page.getByRole('link', { name: 'Have it erased' }).click();
  await page.getByText('We erase it all.').waitFor();
  await page.getByText('Done as asked').waitFor();
  await look('case, answered');
}

async function isErased({ page, hands, look, world }) {
  const link = await world.mailedLink(EMAIL, '/erasure');
  await world.later(25 * 3600);
  await page.goto(link);
  await until(page, page.getByRole('heading', { name: 'Your data is erased' }));
  await look('erased');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    hands.press('button', 'Fetch the certificate'),
  ]);
  const certificate = await readFile(await download.path(), 'utf8');
  if (!certificate.includes('unreadable: the key is destroyed')) throw new Error('it is no certificate');
}
