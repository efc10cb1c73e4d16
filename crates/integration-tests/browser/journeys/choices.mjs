// A visitor subscribes, confirms and leaves with one click; a person chooses, stops all offers and takes it back; a colleague
// writes to those who asked for it, at a time and then at once, and the message fits into their mail programs.

import { colleagueSignsIn, customerSignsIn } from '../lib/desk.mjs';
import { lookAtMail } from '../lib/mail.mjs';

const VISITOR = 'vera@remote.example';
const PERSON = 'ada@people.example';
const TITLE = 'The letter of May';
// With all that is apt to be wider than a telephone.
const WORDS = `## May

There is *news*, and a [page](https://example.com/news) with more:
<https://example.com/news/of/the/month/of/may/with/an/address/that/is/longer/than/a/line/of/a/telephone>

* one
* two

> Somebody said so.

| Plan | Price | Space | Mailboxes |
| --- | --- | --- | --- |
| Small, by the month | 4.90 | 10 GB | 5 |

    mailkeep --config /etc/mailkeep/mailkeep.toml outreach export --channel post --topic special_offers`;

export default async function choices(tools) {
  await subscribes(tools);
  await chooses(tools);
  await writes(tools);
  await leaves(tools);
}

async function subscribes({ page, hands, look, world, watched }) {
  await page.goto('/');
  await hands.go('link', 'Newsletter', page.getByRole('contentinfo'));
  await look('subscribe');
  await hands.tick(/^Special offers/);
  await watched.expecting(422, async () => {
    await hands.fill('Your e-mail address', 'vera@remote');
    await hands.go('button', 'Send me the link that confirms');
    await page.getByText('This does not look like an e-mail address').waitFor();
    await look('subscribe, refused');
  });
  await hands.fill('Your e-mail address', VISITOR);
  await hands.go('button', 'Send me the link that confirms');
  await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
  await look('subscribe, sent');
  await page.goto(await world.mailedLink(VISITOR, '/subscribe/confirm'));
  await look('subscribe, confirm');
  await hands.go('button', 'Yes, I want it');
  await page.getByRole('heading', { name: 'You are subscribed' }).waitFor();
  await look('subscribed');
}

async function chooses({ page, hands, look }) {
  await customerSignsIn({ page, hands }, PERSON);
  await hands.visit('What I hear of');
  await page.getByRole('heading', { name: 'No receipts yet' }).waitFor();
  await look('choices, nothing chosen');
  await hands.tick('Newsletter, by e-mail');
  await hands.tick('Special offers, by e-mail');
  await hands.tick('Special offers, by post');
  await hands.go('button', 'Save my choices');
  await page.getByText('3 choices changed').waitFor();
  await look('choices, chosen');
  await hands.go('button', 'Stop all offers');
  await page.getByRole('heading', { name: 'No offer reaches you' }).waitFor();
  await ticked(page, ['Newsletter, by e-mail', 'How we did, by e-mail']);
  await look('choices, stopped');
  await hands.go('button', 'Undo');
  await page.getByText('2 topics come again').waitFor();
  await ticked(page, ['Newsletter, by e-mail', 'Special offers, by e-mail', 'Special offers, by post', 'How we did, by e-mail']);
  await look('choices, undone');
}

async function ticked(page, wanted) {
  const names = await page.locator('input[name=wanted]:checked').evaluateAll((all) => all.map((box) => box.getAttribute('aria-label')));
  if (names.join() !== wanted.join()) throw new Error(`ticked are ${names.join(' · ')}`);
}

async function writes(tools) {
  const { page, hands, look, world, watched } = tools;
  await colleagueSignsIn(tools, 'wilma', 'writer');
  await hands.visit('Announcements');
  await look('announcements, none');
  await hands.go('link', 'Write an announcement');
  await look('announcement, new');
  await watched.expecting(422, async () => {
    await hands.select('Topic', 'Newsletter');
    await hands.fill('Subject', ' ');
    await hands.fill('Text', 'x');
    await hands.go('button', 'Save and look at it');
    await page.getByText('Write a subject of at most 150 letters').waitFor();
    await look('announcement, refused');
  });
  await hands.fill('Subject', TITLE);
  await hands.fill('Text', WORDS);
  await hands.go('button', 'Save and look at it');
  await page.getByRole('heading', { name: '2 addresses would get it now' }).waitFor();
  for (const view of ['By day', 'In the dark']) {
    // What lies far below is loaded when somebody comes near.
    await page.locator(`iframe[title="${view}"]`).scrollIntoViewIfNeeded();
    await page.frameLocator(`iframe[title="${view}"]`).getByRole('link', { name: 'page' }).waitFor();
  }
  await look('announcement, draft');
  await schedules(tools);
  await hands.press('button', 'Send');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await hands.go('button', 'Send', dialog);
  while (!(await page.getByRole('heading', { name: 'Sent', exact: true }).count())) await page.reload();
  await look('announcement, sent');
  await lookAtMail(page, 'announcement', await world.sent(PERSON, TITLE));
  await lookAtMail(page, 'confirmation', await world.sent(VISITOR, '/subscribe/confirm'));
}

// A time is chosen, and taken back.
async function schedules({ page, hands, look }) {
  const day = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
  await hands.moment('Begins', `${day}T09:30`);
  await hands.go('button', 'Schedule');
  await page.getByRole('heading', { name: 'Scheduled', exact: true }).waitFor();
  await look('announcement, scheduled');
  await hands.go('button', 'Make it a draft again');
  await page.getByRole('heading', { name: '2 addresses would get it now' }).waitFor();
}

async function leaves({ page, hands, look, world }) {
  const mail = (await world.sent(VISITOR, TITLE)).replace(/\r\n[ \t]+/g, ' ');
  const link = mail.match(/^List-Unsubscribe: <([^>]+)>/m)[1];
  await page.context().clearCookies();
  await page.goto(new URL(link).pathname);
  await page.getByRole('heading', { name: 'Newsletter: no more of it?' }).waitFor();
  await look('one click, before');
  await hands.go('button', 'Stop these messages');
  await page.getByRole('heading', { name: 'It has stopped' }).waitFor();
  await look('one click, stopped');
  await hands.go('button', 'Undo');
  await page.getByRole('heading', { name: 'It comes again' }).waitFor();
  await look('one click, undone');
  await hands.go('button', 'Stop these messages');
  if ((await page.context().cookies()).length) throw new Error('the page of one click sets a cookie');
}
