// A colleague of the billing desk looks what the month will bill before it is closed, and lets the run go.

const PASSWORD = 'correct-horse-battery-7-staple';

export default async function month({ page, hands, look, world }) {
  await page.goto(await world.staff('barbara', 'billing'));
  await hands.fill('New password', PASSWORD);
  await hands.go('button', 'Go on');
  const secret = (await page.locator('.copy code').innerText()).trim();
  await hands.fill('Code', await world.code(secret));
  await hands.go('button', 'Turn it on');
  await hands.go('link', 'I have kept them');
  await hands.fill('Name', 'barbara');
  await hands.fill('Password', PASSWORD);
  await hands.fill('Code', await world.code(secret, 1));
  await hands.go('button', 'Sign in');
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
