// The billing desk makes a coupon, a writer binds an offer to it and sends it, and a reader follows the link of the letter into the order,
// where the code is entered; the page of offers shows it to everybody.

import { colleagueSignsIn, customerSignsIn, until } from '../lib/desk.mjs';
import { IN_DESIGNS, lookAtMail } from '../lib/mail.mjs';

const TITLE = 'Three months for less';

export default async function offer(tools) {
  await makesTheCoupon(tools);
  await writes(tools);
  await sends(tools);
  await designs(tools);
  await orders(tools);
}

async function makesTheCoupon(tools) {
  const { page, hands, look } = tools;
  await page.goto('/offers');
  await page.getByRole('heading', { name: 'There is no offer at the moment' }).waitFor();
  await look('offers, none');
  await colleagueSignsIn(tools, 'barnaby', 'billing');
  await page.goto('/console/catalogue/coupons');
  await hands.fill('Code', 'SPRING-26');
  await hands.fill('Percentage', '25');
  await hands.fill('Periods', '3');
  await hands.tick('Business');
  await hands.go('button', 'Make the coupon');
  await page.getByText('The coupon can be used.').waitFor();
  await page.context().clearCookies();
}

async function writes(tools) {
  const { page, hands, look, watched } = tools;
  await colleagueSignsIn(tools, 'wilma', 'writer');
  await hands.visit('Announcements');
  await hands.go('link', 'Write an offer', page.locator('.page-head'));
  await look('offer, new');
  await hands.fill('Subject', TITLE);
  await hands.fill('Text', 'Come in **spring**, and pay less until summer.');
  await hands.select('Coupon', await page.getByLabel('Coupon').locator('option', { hasText: 'SPRING-26' }).innerText());
  await hands.tick('Show it on the site');
  await watched.expecting(422, async () => {
    await hands.select('Topic', 'Newsletter');
    await hands.go('button', 'Save and look at it');
    await page.getByText('An offer goes to those who chose special offers').first().waitFor();
    await look('offer, refused');
  });
  await hands.select('Topic', 'Special offers');
  await hands.go('button', 'Save and look at it');
  await page.getByText('The draft is saved.').waitFor();
  await page.getByRole('region', { name: 'The offer' }).getByText('25% off each bill').waitFor();
  await look('offer, draft');
}

async function sends(tools) {
  const { page, hands, look, world } = tools;
  await hands.press('button', 'Send');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await hands.go('button', 'Send', dialog);
  await until(page, page.getByText('Ended'));
  await look('offer, sent');
  await lookAtMail(page, 'offer', await world.sent('ada@people.example', TITLE));
}

const DESIGN = `<mjml>
<mj-head><mj-attributes><mj-all font-family="Georgia, serif" /></mj-attributes></mj-head>
<mj-body background-color="#f3efe6">
<mj-section background-color="#ffffff"><mj-column>
<mj-text font-size="24px" color="#0d6656">A lamp for all</mj-text>
<mj-divider border-color="#0d6656" border-width="2px" />
</mj-column></mj-section>
<mj-section background-color="#ffffff">
<mj-column><mj-text>On the left we say what it is: a lamp that is lit by your mail, and only by yours.</mj-text></mj-column>
<mj-column><mj-text>On the right we say where: on every desk, and in every pocket.</mj-text>
<mj-button href="https://shop.example/lamp" background-color="#0d6656">See the lamp</mj-button></mj-column>
</mj-section>
</mj-body>
</mjml>`;

async function designs(tools) {
  const { page, hands, look, watched, world } = tools;
  await page.goto('/console/announcements/new?topic=special_offers');
  await hands.fill('Subject', 'A lamp for all');
  await hands.choose(/^MJML/);
  await watched.expecting(422, async () => {
    await hands.fill('Text', DESIGN.replace('<mj-divider', '<mj-raw'));
    await hands.go('button', 'Save and look at it');
    await page.getByText('Line 6: “mj-raw” cannot be used here.').first().waitFor();
    await look('design, refused');
  });
  await hands.fill('Text', DESIGN);
  await hands.go('button', 'Save and look at it');
  await page.getByText('The draft is saved.').waitFor();
  const shown = page.frameLocator('iframe').first();
  await shown.getByText('A lamp for all').first().waitFor();
  await look('design, draft');
  await hands.press('button', 'Send');
  await hands.go('button', 'Send', page.getByRole('dialog'));
  await until(page, page.getByText('Ended'));
  await lookAtMail(page, 'design', await world.sent('ada@people.example', 'A lamp for all'), IN_DESIGNS);
}

async function orders(tools) {
  const { page, hands, look } = tools;
  await page.context().clearCookies();
  await customerSignsIn(tools, 'ada@people.example');
  await page.goto('/');
  await hands.go('link', 'Offers', page.getByRole('contentinfo'));
  await page.getByRole('heading', { name: TITLE }).waitFor();
  await look('offers');
  await hands.go('link', 'Order with this code');
  const code = page.getByLabel('Coupon code');
  if ((await code.inputValue()) !== 'SPRING-26') throw new Error('the code is not entered');
  if (!(await page.getByRole('radio', { name: /^Business/ }).first().isChecked())) throw new Error('the plan is another');
  await look('order, with a code');
  await page.goto('/order?coupon=SPRING-99');
  await page.getByText('We do not know this code.').first().waitFor();
  await look('order, with a wrong code');
  await page.goto('/order?coupon=SPRING-26');
  await hands.fill('Your domain', 'first-shop.example');
  await hands.go('button', 'Continue');
  await page.getByText('SPRING-26').first().waitFor();
  await look('order review, with a code');
}
