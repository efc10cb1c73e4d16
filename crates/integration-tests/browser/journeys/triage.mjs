// An agent works a queue of twenty tickets and never leaves the keys.

import { colleagueSignsIn } from '../lib/desk.mjs';

export default async function triage(tools) {
  const { page, look } = tools;
  const press = (key) => page.keyboard.press(key);
  const moves = (key) => Promise.all([page.waitForNavigation(), press(key)]);
  const rows = page.locator('[data-row]');
  const left = async (wanted) => {
    const found = await rows.count();
    if (found !== wanted) throw new Error(`${found} tickets in the queue instead of ${wanted}`);
  };
  await colleagueSignsIn(tools, 'tessa', 'support');
  await page.goto('/console/tickets');
  await left(20);
  await look('queue of tickets');
  await press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  await look('queue of tickets, keys');
  await press('?');

  // Two are taken at once: they do not wait any more.
  for (const key of ['j', 'x', 'j', 'x']) await press(key);
  await moves('a');
  await page.getByText('Done with 2 tickets').waitFor();
  await left(18);

  // The others are opened, answered and solved, one after the other.
  for (let waiting = 18; waiting > 0; waiting -= 1) {
    await press('j');
    await moves('Enter');
    if (waiting === 18) {
      await look('ticket');
      await press('n');
      await page.keyboard.insertText('Seen before.');
      await moves('Control+Enter');
      await page.getByText('The note stands in the ticket').waitFor();
    }
    await press('r');
    await page.keyboard.insertText(`Answer number ${waiting}.`);
    await moves('Control+Enter');
    await page.getByText('Your words have gone to the customer').waitFor();
    await moves('s');
    await moves('u');
    await left(waiting - 1);
  }
  await page.getByText('Nothing lies here').waitFor();
  await look('queue of tickets, empty');
  await page.goto('/console/tickets?view=mine');
  await left(2);
  await toolsOfTheDesk(page, look);
}

// What staff keep for their work, and a ticket that is about two matters.
async function toolsOfTheDesk(page, look) {
  await page.locator('[data-open]').first().click();
  await page.getByText('Link, merge or split').click();
  await look('ticket, other tickets');
  await page.goto(`${new URL(page.url()).pathname}/split`);
  await look('ticket, split');
  for (const [path, name] of [['macros', 'macro'], ['rules', 'rule']]) {
    await page.goto(`/console/${path}`);
    await look(`${path}, none`);
    await page.goto(`/console/${path}/new`);
    await page.getByLabel('Title').fill(`Any ${name}`);
    await page.getByLabel('Put these tags on').fill('shop');
    if (name === 'rule') {
      await page.getByRole('button', { name: 'Try it on the last tickets' }).click();
      await page.getByRole('heading', { name: 'What it would do' }).waitFor();
      await look('rule, tried');
    }
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`The ${name} is kept.`).waitFor();
    await look(`${name}, kept`);
    await page.goto(`/console/${path}`);
    await look(path);
  }
  await page.goto('/console/tickets?view=mine');
  await page.locator('[data-open]').first().click();
  await page.getByRole('link', { name: 'Any macro' }).click();
  await look('macro, looked at');
  await page.getByRole('button', { name: 'Do it' }).click();
  await page.getByText('Done: Any macro.').waitFor();
  await look('ticket, macro done');
}
