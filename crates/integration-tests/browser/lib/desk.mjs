// Whoever sits at a desk: customers and colleagues sign in.

const PASSWORD = 'correct-horse-battery-7-staple';

export async function customerSignsIn({ page, hands }, email) {
  await page.goto('/sign-in');
  await hands.fill('E-mail address or Registration ID', email);
  await hands.fill('Password', PASSWORD);
  await hands.go('button', 'Sign in', page.getByRole('main'));
}

// `ahead`: by how many seconds the clock of the house was put forward.
export async function colleagueSignsIn({ page, hands, world }, login, roles, ahead = 0) {
  const steps = ahead / 30;
  await page.goto(await world.staff(login, roles));
  await hands.fill('New password', PASSWORD);
  await hands.go('button', 'Go on');
  const secret = (await page.locator('.copy code').innerText()).trim();
  await hands.fill('Code', await world.code(secret, steps));
  await hands.go('button', 'Turn it on');
  await hands.go('link', 'I have kept them');
  await hands.fill('Name', login);
  await hands.fill('Password', PASSWORD);
  await hands.fill('Code', await world.code(secret, steps + 1));
  await hands.go('button', 'Sign in');
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
}

// Asks for a page again until something is on it: work that happens by itself takes a moment.
export async function until(page, wanted) {
  for (let left = 200; left > 0; left -= 1) {
    if (await wanted.count()) return;
    await page.reload();
  }
  throw new Error(`${wanted} did not come`);
}
