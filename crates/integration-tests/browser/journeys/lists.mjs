// Who looks after a domain makes a list and asks somebody elsewhere, who joins by the link of the mail and leaves again.

import { customerSignsIn } from '../lib/desk.mjs';

const GUEST = 'vera@remote.example';

export default async function lists(tools) {
  await makes(tools);
  await joinsAndLeaves(tools);
  await sees(tools);
}

async function makes(tools) {
  const { page, hands, look, watched } = tools;
  await customerSignsIn(tools, 'ada@people.example');
  await hands.visit('Lists');
  await page.getByRole('heading', { name: 'No lists yet' }).waitFor();
  await look('lists, none');
  await hands.fill('Name', 'news');
  await hands.go('button', 'Make the list');
  await page.getByRole('heading', { name: 'Nobody elsewhere yet' }).waitFor();
  await look('list, new');
  await hands.go('button', 'Add');
  await page.getByText('The mailbox is on the list.').waitFor();
  await watched.expecting(422, async () => {
    await hands.fill('E-mail addresses', `${GUEST}\nnobody`);
    await hands.go('button', 'Send invitations');
    await page.getByText('Line 2: that is no e-mail address.').waitFor();
    await look('list, refused');
  });
  await hands.fill('E-mail addresses', `${GUEST}\nolivia@remote.example`);
  await hands.go('button', 'Send invitations');
  await page.getByText('2 invitations are on their way.').waitFor();
  await look('list, asked');
}

async function joinsAndLeaves({ page, hands, look, world }) {
  const link = await world.mailedLink(GUEST, '/lists/');
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.goto(link);
  await page.getByRole('heading', { name: 'Do you want to join this list?' }).waitFor();
  await look('link, asked');
  await hands.go('button', 'Join the list');
  await page.getByRole('heading', { name: 'You have joined' }).waitFor();
  await look('link, joined');
  await page.goto(link);
  await page.getByRole('heading', { name: 'You are on this list' }).waitFor();
  await look('link, on the list');
  await hands.go('button', 'Leave the list');
  await page.getByRole('heading', { name: 'Done' }).waitFor();
  await look('link, left');
  await hands.go('button', 'Join again');
  await page.getByRole('heading', { name: 'You have joined' }).waitFor();
  await hands.go('button', 'Leave the list');
  await page.getByRole('heading', { name: 'Done' }).waitFor();
  await page.context().addCookies(cookies);
}

async function sees({ page, hands, look, watched }) {
  await page.goto('/center/lists');
  await look('lists');
  await hands.go('link', 'news@sample-shop.example');
  await hands.fill('Find an address', GUEST);
  await hands.go('button', 'Search');
  await page.getByRole('cell', { name: GUEST }).waitFor();
  if (await page.getByText('olivia@remote.example').count()) throw new Error('the search shows others');
  await look('list, found');
  await watched.expecting(422, async () => {
    await hands.fill('E-mail addresses', GUEST);
    await hands.go('button', 'Send invitations');
    await page.getByText('Line 1: this person left a list of yours').waitFor();
  });
  await hands.press('button', 'Delete the list');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await look('list, delete');
  await hands.go('button', 'Delete the list', dialog);
  await page.getByText('The list is removed.').waitFor();
}
