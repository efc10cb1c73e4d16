// Every component in every state, and the pages of errors, which no other journey reaches on purpose.

const ERRORS = 6;

export default async function gallery({ page, look, watched }) {
  await page.goto('/_components');
  await look('components');
  await page.getByRole('button', { name: 'Asks first' }).click();
  await look('components, asking');
  for (let sample = 0; sample < ERRORS; sample += 1) {
    await page.goto(`/_components/${sample}/errors/error.html`);
    await look(`error ${sample}`);
  }
  // Files that people take along and open elsewhere.
  for (const file of ['page', 'certificate']) {
    await page.goto(`/_components/0/copies/${file}.html`);
    await look(`copy, ${file}`);
  }
  await printsOnWhite(page);
  await watched.expecting(404, async () => {
    await page.goto('/nothing/here');
    await look('not found');
  });
}

// Whoever reads in the dark theme still prints black on white.
async function printsOnWhite(page) {
  await page.goto('/_components/0/center/invoice.html');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const [paper, ink] = await page.locator('.invoice').evaluate((invoice) => {
    const faint = getComputedStyle(invoice.querySelector('.muted')).color;
    return [getComputedStyle(invoice).backgroundColor, faint];
  });
  const light = Math.max(...ink.match(/\d+/g).slice(0, 3).map(Number));
  if (paper !== 'rgb(255, 255, 255)' || light > 120) throw new Error(`an invoice prints as ${ink} on ${paper}`);
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
}
