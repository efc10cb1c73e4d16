// The owner of a mailbox finds that a mailing of theirs waits, and says that it is theirs.

export default async function heldOwner(tools) {
  const { page, hands, look, world, options } = tools;
  await page.goto('/mail');
  await hands.fill('E-mail address', options.address);
  await hands.fill('Password', options.password);
  await hands.go('button', 'Open');
  await page.getByText('of yours wait').waitFor();
  await look('inbox, messages wait');
  await hands.go('link', 'See why');
  await page.getByRole('heading', { name: 'Messages that wait', level: 1 }).waitFor();
  await page.getByText('Much the same text went to').first().waitFor();
  await look('messages that wait');
  await hands.go('button', 'Yes, they are mine');
  await page.getByText('They go out now.').waitFor();
  await page.getByText('All your messages are on their way.').waitFor();
  await look('messages that wait, none');
  await world.sent(options.held, 'Subject: offer');
  await page.goto('/mail');
  if (await page.getByText('of yours wait').count()) throw new Error('the inbox says that messages wait still');
}
