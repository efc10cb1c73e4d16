// A colleague of the billing desk raises a price: as a draft, with a preview of whom it affects, and then for new orders only.

import { colleagueSignsIn } from '../lib/desk.mjs';

export default async function catalogue(tools) {
  await colleagueSignsIn(tools, 'barnaby', 'billing');
  await drafts(tools);
  await publishes(tools);
  await offersACoupon(tools);
  await writesTerms(tools);
}

async function drafts({ page, hands, look, watched }) {
  await hands.visit('Catalogue');
  await page.getByRole('heading', { name: 'Catalogue', level: 1 }).waitFor();
  await look('catalogue');
  await hands.go('link', 'Business');
  await look('plan');
  const prices = page.getByRole('region', { name: 'Price of a mailbox' });
  await hands.fill('A month', 'six', prices);
  await watched.expecting(422, async () => {
    await hands.go('button', 'Save and see whom it affects');
    await page.getByText('is not an amount in USD').waitFor();
    await look('plan, refused');
  });
  await hands.fill('A month', '7.00', prices);
  await hands.go('button', 'Save and see whom it affects');
  await page.getByRole('heading', { name: 'Business: whom the draft affects', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'sample-shop.example' }).waitFor();
  await look('plan, preview');
}

async function publishes({ page, hands, look }) {
  await hands.go('button', 'Publish this version');
  await page.getByText('Who had the plan keeps theirs.').waitFor();
  await page.getByText('Version 2').waitFor();
  await look('plan, published');
}

async function offersACoupon({ page, hands, look }) {
  await hands.go('link', 'Catalogue', page.getByRole('main'));
  await hands.go('link', 'Coupons');
  await hands.fill('Code', 'SPRING-26');
  await hands.fill('Percentage', '25');
  await hands.go('button', 'Make the coupon');
  await page.getByText('The coupon can be used.').waitFor();
  await look('coupons');
  await hands.go('link', 'Taxes');
  await look('taxes');
}

async function writesTerms({ page, hands, look }) {
  await hands.go('link', 'Terms');
  await hands.fill('Title', 'Terms of service');
  await hands.fill('Text', 'We keep your mail, and serve it to you.');
  await hands.go('button', 'Publish this version');
  await page.getByText('The version is published.').waitFor();
  await look('terms');
  await page.goto('/terms');
  await page.getByRole('heading', { name: 'Terms of service', level: 1 }).waitFor();
  await look('terms, public');
}
