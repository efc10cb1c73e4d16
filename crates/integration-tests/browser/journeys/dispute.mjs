// A payment is disputed at the bank: a colleague finds it on the overview, looks at the evidence, and answers; the customer sees
// on the invoice that the bank decides.

import { colleagueSignsIn, customerSignsIn, until } from '../lib/desk.mjs';

export default async function dispute(tools) {
  await colleagueSignsIn(tools, 'barnaby', 'billing');
  await answers(tools);
  await sees(await tools.another());
}

async function answers({ page, hands, look, watched }) {
  await until(page, page.getByText('One bank waits for our answer.'));
  await look('console, overview of billing');
  await hands.go('link', 'Show disputes');
  await look('disputes');
  await Promise.all([
    page.waitForNavigation(),
    hands.pressHere(page.getByRole('main').getByRole('table').getByRole('link').first()),
  ]);
  await look('dispute');
  const [evidence] = await Promise.all([page.waitForEvent('download'), hands.press('link', 'See the evidence')]);
  if (evidence.suggestedFilename() !== 'evidence.pdf') throw new Error('the evidence is no document');
  await watched.expecting(422, async () => {
    // What a browser would not send.
    await page.locator('form').evaluateAll((all) => all.forEach((form) => { form.noValidate = true; }));
    await hands.go('button', 'Send the evidence');
    await look('dispute, without a summary');
  });
  await hands.fill('What happened', 'The service was ordered by a customer whose card passed every check, and is used since that day.');
  await hands.go('button', 'Send the evidence');
  await page.getByText('The evidence is with the bank.').waitFor();
  await look('dispute, answered');
}

async function sees(ada) {
  const { page, hands, look } = ada;
  await customerSignsIn(ada, 'ada@people.example');
  await hands.visit('Invoices');
  await page.getByText('Disputed').waitFor();
  const first = page.getByRole('main').getByRole('table').getByRole('link').first();
  await Promise.all([page.waitForNavigation(), hands.pressHere(first)]);
  await page.getByText('Payment disputed at the bank').waitFor();
  await look('invoice, disputed');
}
