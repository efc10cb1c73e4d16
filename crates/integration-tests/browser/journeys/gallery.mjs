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
  await watched.expecting(404, async () => {
    await page.goto('/nothing/here');
    await look('not found');
  });
}
