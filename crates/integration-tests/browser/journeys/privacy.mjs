// A customer sees what is held, corrects it, reads who used it, verifies a proof without a network, takes a copy along,
// objects, and is erased.

import { readFile } from 'node:fs/promises';
import { tour } from '../lib/tour.mjs';

const EMAIL = 'ada@people.example';
const PASSWORD = 'correct-horse-battery-7-staple';

export default async function privacy(tools) {
  await signsIn(tools);
  await seesAndCorrects(tools);
  const proof = await readsTheRecord(tools);
  await objects(tools);
  await takesACopy(tools);
  await tour(tools, '/center/privacy');
  await verifies(tools, proof);
  await isErased(tools);
}

async function signsIn({ page, hands, look }) {
  await page.goto('/sign-in');
  await hands.fill('E-mail address or Registration ID', EMAIL);
  await hands.fill('Password', PASSWORD);
  await hands.go('button', 'Sign in', page.getByRole('main'));
  // A privacy officer read an objection of hers: a banner says so until she has seen it.
  await page.getByText('A member of staff used your data').waitFor();
  await look('banner');
  await hands.go('button', 'I have seen it');
  await page.getByText('Noted. The entries stay in the record.').waitFor();
}

async function seesAndCorrects({ page, hands, look }) {
  await hands.visit('Your data');
  await page.getByRole('heading', { name: 'Your data', level: 1 }).waitFor();
  await look('your data');
  await hands.go('link', 'What we hold', page.getByRole('main').getByRole('navigation').first());
  await page.getByText('Ada Example').first().waitFor();
  await look('what we hold');
  await hands.go('link', 'Correct: name');
  await hands.fill('Your name', 'Ada Corrected');
  await hands.go('button', 'Save changes', page.getByRole('main').locator('form').first());
  await page.goto('/center/privacy/held');
  await page.getByText('Ada Corrected').first().waitFor();
}

// Gives the file with the proof of the use by staff.
async function readsTheRecord({ page, hands, look }) {
  await hands.go('link', 'Who used it', page.getByRole('main').getByRole('navigation').first());
  await look('uses');
  await page.goto('/center/privacy/uses?user=staff');
  const staff = page.getByRole('main').getByRole('link', { name: /privacy officer .* read: what you wrote/ });
  await look('uses by staff');
  await Promise.all([page.waitForNavigation(), hands.pressHere(staff.first())]);
  await page.getByText('a verified request about this data was open').first().waitFor();
  await look('use');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    hands.press('link', 'This use with its proof'),
  ]);
  return download.path();
}

async function objects({ page, hands, look, watched }) {
  await hands.visit('Your data');
  await hands.go('link', 'Object', page.getByRole('main').getByRole('navigation').first());
  await look('objections');
  await watched.expecting(422, async () => {
    await hands.choose(/to keep fraud/);
    await hands.go('button', 'Object');
    await look('objection, refused');
  });
  await hands.choose(/to tell you of outages/);
  await hands.go('button', 'Object');
  await page.getByText('Done: such messages have stopped.').waitFor();
  await look('objection made');
}

async function takesACopy({ page, hands, look }) {
  await hands.go('link', 'Take a copy', page.getByRole('main').getByRole('navigation').first());
  await look('copy');
  await hands.go('button', 'Make a copy');
  const ready = page.getByRole('heading', { name: 'Your copy is ready' });
  while (!(await ready.count())) {
    await page.goto('/center/privacy/copy');
  }
  await look('copy, ready');
  const [download] = await Promise.all([page.waitForEvent('download'), hands.press('link', 'Fetch it')]);
  const bytes = await readFile(await download.path());
  if (bytes.subarray(0, 2).toString() !== 'PK') throw new Error('the copy is no archive');
  if (bytes.includes('Ada Corrected')) throw new Error('the archive is not packed');
}

async function verifies({ page, hands, look, javascript, watched }, proof) {
  await page.goto('/center/privacy');
  const head = (await page.locator('.copy code').first().innerText()).trim();
  await page.goto('/verify');
  await look('verify');
  if (!javascript) return;
  await watched.offline(async () => {
    await hands.attach('File with proofs', proof);
    await page.getByText('Everything fits').waitFor();
    await page.getByText('stand in the record: 1').waitFor();
    await look('verified');
    // One letter of what the entry says is changed.
    const text = await readFile(proof, 'utf8');
    const forged = { name: 'forged.json', mimeType: 'application/json', buffer: Buffer.from(text.replace('privacy_officer', 'privacy_0fficer')) };
    await page.locator('#verify-file').setInputFiles(forged);
    await page.getByText('A use says something else than what was committed to.').waitFor();
    await look('not verified');
  });
  await page.locator('#verify-file').setInputFiles([]);
  await hands.fill('Head on an invoice', head);
  await hands.press('button', 'Verify');
  await page.getByText('is the beginning of today’s record').waitFor();
  await hands.fill('Head on an invoice', head.replace(/.=$/, (end) => (end[0] === 'A' ? 'E=' : 'A=')));
  await hands.press('button', 'Verify');
  await page.getByText('it was rewritten').waitFor();
}

async function isErased({ page, hands, look, world, watched }) {
  await page.goto('/center/privacy/erasure');
  await page.getByText('nobody else owns it').waitFor();
  await look('erasure');
  const number = (await page.getByText(/^Type R-/).innerText()).match(/R-[0-9A-Z-]+/)[0];
  await watched.expecting(422, async () => {
    await hands.fill('Your Registration ID', 'R-0000-0000-0');
    await hands.fill('Password', PASSWORD);
    await hands.go('button', 'Erase my data');
    await page.getByText('This is not your Registration ID.').waitFor();
    await look('erasure, refused');
  });
  await hands.fill('Your Registration ID', number);
  await hands.fill('Password', PASSWORD);
  await hands.go('button', 'Erase my data');
  await page.getByRole('heading', { name: /^Your data will be erased on/ }).waitFor();
  await look('erasure, planned');
  await hands.go('button', 'Keep my data');
  await page.getByText('Nothing was erased.').waitFor();
  await hands.fill('Your Registration ID', number);
  await hands.fill('Password', PASSWORD);
  await hands.tick('Do not wait a day');
  await hands.go('button', 'Erase my data');
  // Two links were mailed; the first leads to the erasure that was undone.
  const done = page.getByRole('heading', { name: 'Your data is erased' });
  while (!(await done.count())) await page.goto(await world.mailedLink(EMAIL, '/erasure'));
  await look('erased');
  const [download] = await Promise.all([page.waitForEvent('download'), hands.press('button', 'Fetch the certificate')]);
  const certificate = await readFile(await download.path(), 'utf8');
  for (const part of [number, 'Certificate of erasure', 'unreadable: the key is destroyed']) {
    if (!certificate.includes(part)) throw new Error(`the certificate does not say “${part}”`);
  }
  await page.reload();
  await page.getByText('The certificate was fetched').waitFor();
  await page.goto('/sign-in');
  await watched.expecting(422, async () => {
    await hands.fill('E-mail address or Registration ID', EMAIL);
    await hands.fill('Password', PASSWORD);
    await hands.go('button', 'Sign in', page.getByRole('main'));
    await page.getByRole('alert').first().waitFor();
  });
}
