// What staff can see of people, and how another person looks at what they did: refused without a fact, opened with one,
// break-glass with a second look, a disclosure of two people, and the transparency report.

import { colleagueSignsIn } from '../lib/desk.mjs';
import { tour } from '../lib/tour.mjs';

const REASON = 'The account seems to be used by a stranger; I must reach its owner today.';

export default async function staffPrivacy(rosalind) {
  const emmy = await rosalind.another();
  await colleagueSignsIn(rosalind, 'rosalind', 'fraud_reviewer privacy_officer');
  await colleagueSignsIn(emmy, 'emmy', 'privacy_officer operator');
  await isRefusedWithoutAFact(rosalind);
  await opensUnderAFact(rosalind);
  await isRefusedWhenTheFactIsOver(rosalind);
  await opensACase(rosalind);
  await looksAtTheCase(emmy);
  await opensADisclosure(rosalind);
  await agrees(emmy);
  await handsOver(rosalind);
  await explains(rosalind);
  await readsTheReport(rosalind);
  await tour(rosalind, '/console');
}

async function findsTheCustomerOf({ page, hands }, email) {
  await hands.visit('Customers');
  await hands.fill('Find a customer', email);
  await hands.go('button', 'Search');
  const found = page.getByRole('main').getByRole('table').getByRole('link');
  await found.first().waitFor();
  await Promise.all([page.waitForNavigation(), hands.pressHere(found.first())]);
  await page.getByRole('heading', { name: 'Who it is' }).waitFor();
}

async function seesNothingOf(page, words) {
  const text = await page.locator('body').innerText();
  for (const word of words) if (text.includes(word)) throw new Error(`“${word}” is not masked on ${page.url()}`);
}

async function triesInVain({ page, hands, look, watched }, name) {
  await watched.expecting(422, async () => {
    await hands.go('button', 'Try to open');
    await page.getByText('It stays closed').waitFor();
    await page.getByText('This attempt is on record.').waitFor();
    await look(name);
  });
}

async function isRefusedWithoutAFact(tools) {
  await findsTheCustomerOf(tools, 'ada@people.example');
  await seesNothingOf(tools.page, ['Ada', 'ada@people.example']);
  await tools.page.getByText('Nothing justifies a look').waitFor();
  await tools.look('customer, masked');
  await triesInVain(tools, 'customer, refused');
  await seesNothingOf(tools.page, ['Ada', 'ada@people.example']);
}

async function opensUnderAFact(tools) {
  const { page, hands, look, options } = tools;
  // The screening may still be at work.
  await findsTheCustomerOf(tools, 'info@remote.example');
  const open = page.getByRole('button', { name: /^Open because of/ });
  while (!(await open.count())) await page.reload();
  await look('customer, with a fact');
  await Promise.all([page.waitForNavigation(), hands.pressHere(open)]);
  await page.getByText('Otto Example').first().waitFor();
  await look('customer, open');
  // One of the walks waits until the page masks itself, which it does when the grant ends.
  if (options.look) await page.waitForNavigation({ timeout: 90_000 });
  else await hands.go('link', 'Mask now');
  await page.getByRole('heading', { name: 'Open name and contacts' }).waitFor();
  await seesNothingOf(page, ['Otto', 'info@remote.example']);
}

async function isRefusedWhenTheFactIsOver(tools) {
  const { page, hands } = tools;
  await hands.visit('Order review');
  const order = page.getByRole('main').getByRole('table').getByRole('link').first();
  await Promise.all([page.waitForNavigation(), hands.pressHere(order)]);
  await hands.press('button', 'Approve');
  await hands.go('button', 'Approve', page.getByRole('dialog', { name: 'Approve this order?' }));
  await page.getByText('The order is approved.').waitFor();
  await findsTheCustomerOf(tools, 'info@remote.example');
  await triesInVain(tools, 'customer, after the decision');
}

async function opensACase({ page, hands, look, watched, world }) {
  const person = page.getByRole('main').getByRole('link', { name: /^R-/ });
  await Promise.all([page.waitForNavigation(), hands.pressHere(person)]);
  await look('person, masked');
  await hands.pressHere(page.getByText('Something cannot wait'));
  await hands.fill('The reason', 'just looking');
  await watched.expecting(422, async () => {
    await hands.go('button', 'Open a case');
    await page.getByText('Say it in a sentence').waitFor();
    await look('person, reason too short');
  });
  await hands.select('What kind of reason', 'Abuse is going on');
  await hands.fill('The reason', REASON);
  await hands.go('button', 'Open a case');
  await page.getByText('The case is open for an hour.').waitFor();
  await look('case');
  await hands.go('button', 'Open');
  await page.getByText('info@remote.example').waitFor();
  await look('case, open');
  await world.sent('info@remote.example', 'used your data');
  await hands.go('link', 'Mask now');
  await seesNothingOf(page, ['info@remote.example']);
  await hands.press('button', 'Close the case');
  await hands.go('button', 'Close the case', page.getByRole('dialog', { name: 'Close it now?' }));
  await page.getByText('Nothing opens under it any more.').waitFor();
  await hands.visit('Break-glass');
  await look('cases');
}

async function looksAtTheCase({ page, hands, look, watched }) {
  await hands.visit('Second look');
  await look('second look');
  const found = page.getByRole('main').getByRole('table').getByRole('link').first();
  await Promise.all([page.waitForNavigation(), hands.pressHere(found)]);
  await seesNothingOf(page, [REASON]);
  await look('look, sealed');
  await hands.go('button', 'Read the reason');
  await page.getByText(REASON).waitFor();
  await hands.fill('What is wrong', 'no');
  await watched.expecting(422, async () => {
    await hands.go('button', 'Dispute');
    await page.getByText('Say in a sentence what you mean').waitFor();
    await look('look, words missing');
  });
  await hands.fill('What is wrong', 'I find no trace of a stranger in this account.');
  await hands.go('button', 'Dispute');
  await page.getByText('Privacy officers are alerted.').waitFor();
  await Promise.all([page.waitForNavigation(), hands.pressHere(page.getByRole('main').getByRole('table').getByRole('link').first())]);
  await hands.go('button', 'Read the reason');
  await look('look, disputed');
  await hands.fill('How it was settled', 'The hint came by telephone; I heard the recording.');
  await hands.go('button', 'Settle the dispute');
  await page.getByText('The dispute is settled.').waitFor();
}

async function opensADisclosure({ page, hands, look, watched }) {
  await hands.visit('Customers');
  await hands.fill('Find a customer', 'ada@people.example');
  await hands.go('button', 'Search');
  const number = (await page.getByRole('main').getByRole('table').locator('td', { hasText: 'R-' }).last().innerText()).match(/R-[0-9A-Z-]+/)[0];
  await hands.visit('Disclosures');
  await look('disclosures, none');
  await hands.go('link', 'New disclosure');
  await look('disclosure, new');
  await hands.choose(/^Legal process/);
  await hands.fill('To whom', 'District Court of Example');
  await hands.fill('Whose data', number);
  await watched.expecting(422, async () => {
    await hands.go('button', 'Open the disclosure');
    await page.getByText('There is no disclosure without the document').waitFor();
    await look('disclosure, without a document');
  });
  await hands.attach('Document', { name: 'order.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 The court orders') });
  await hands.tick(/^Name/);
  await hands.tick(/^Contact/);
  await hands.tick('The law forbids to tell the person');
  await hands.date('Review date', new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10));
  await hands.go('button', 'Open the disclosure');
  await page.getByText('A second person reads the document and agrees.').waitFor();
  await look('disclosure, waiting');
}

async function agrees({ page, hands, look }) {
  await hands.visit('Second look');
  await Promise.all([page.waitForNavigation(), hands.pressHere(page.getByRole('main').getByRole('link', { name: 'District Court of Example' }))]);
  await look('disclosure, to decide');
  const [document] = await Promise.all([page.waitForEvent('download'), hands.press('button', 'Read the document')]);
  if (!document.suggestedFilename().endsWith('.pdf')) throw new Error(document.suggestedFilename());
  await hands.tick(/^I have read the document/);
  await hands.go('button', 'Agree');
  await page.getByText('You agreed.').waitFor();
}

async function handsOver({ page, hands, look }) {
  await hands.visit('Disclosures');
  await look('disclosures');
  await Promise.all([page.waitForNavigation(), hands.pressHere(page.getByRole('main').getByRole('link', { name: 'District Court of Example' }))]);
  await hands.go('button', 'Produce the archive');
  await page.getByRole('heading', { name: 'Passphrase of the archive' }).waitFor();
  await look('disclosure, produced');
  const [archive] = await Promise.all([page.waitForEvent('download'), hands.press('link', 'Take the archive')]);
  if (!archive.suggestedFilename().endsWith('.zip')) throw new Error(archive.suggestedFilename());
  await hands.press('button', 'Tell the person now');
  await hands.go('button', 'Tell the person now', page.getByRole('dialog', { name: 'End the seal?' }));
  await page.getByText('The person is told.').waitFor();
}

async function explains({ page, hands, look }) {
  await hands.visit('Unusual access');
  await page.getByRole('heading', { name: 'Unusual access', level: 1 }).waitFor();
  await look('unusual access');
}

async function readsTheReport({ page, look }) {
  await page.goto('/transparency');
  const legal = page.getByRole('row', { name: /Legal process/ });
  const [disclosed, refused] = await legal.getByRole('cell').filter({ hasText: /^\d+$/ }).allInnerTexts();
  if (disclosed !== '1' || refused !== '1') throw new Error(`the report counts ${disclosed} disclosed and ${refused} refused`);
  await look('transparency report');
}
