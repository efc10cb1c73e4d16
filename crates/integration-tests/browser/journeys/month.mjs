// A colleague of the billing desk looks what the month will bill before it is closed, and lets the run go.

import { colleagueSignsIn } from '../lib/desk.mjs';

export default async function month({ page, hands, look, world }) {
  await colleagueSignsIn({ page, hands, world }, 'barbara', 'billing');
  await hands.visit('Billing month');
  await page.getByRole('heading', { name: /^Invoices of/ }).waitFor();
  await look('month');
  await hands.go('link', 'Compute');
  await page.getByText('This month, before tax').first().waitFor();
  await look('month, dry run');
  await hands.press('button', 'Run now', page.locator('.page-head'));
  await look('month, asked');
  await hands.go('button', 'Run now', page.getByRole('dialog'));
  await page.getByText(/^Counted \d/).waitFor();
  await look('month, run');
}
