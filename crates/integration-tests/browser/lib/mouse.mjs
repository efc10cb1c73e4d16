// Hands that click.

import { field, named } from './find.mjs';

export class Mouse {
  constructor(page) { this.page = page; }

  async fill(label, value, within) { await this.fillHere(field(this.page, label, within), value); }
  // A day, as YYYY-MM-DD.
  async date(label, day) { await field(this.page, label).fill(day); }
  // A day with its time, as YYYY-MM-DDThh:mm, before noon.
  async moment(label, at) { await field(this.page, label).fill(at); }
  async select(label, option) { await field(this.page, label).selectOption({ label: option }); }
  async tick(label, within = this.page) { await named('checkbox', label, within).check(); }
  async choose(label) { await named('radio', label, this.page).check(); }
  async attach(label, file) { await field(this.page, label).setInputFiles(file); }
  async press(role, name, within = this.page) { await named(role, name, within).click(); }

  // Presses what leads to another page, and waits until it is there.
  async go(role, name, within) {
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), this.press(role, name, within)]);
  }

  // Opens a place of the side navigation, which is behind a button on a phone.
  async visit(name) {
    const menu = this.page.getByRole('button', { name: /^(Menu|Folders)$/ }).filter({ visible: true });
    if (await menu.count()) await this.pressHere(menu);
    const links = this.page.getByRole('navigation').getByRole('link', { name }).filter({ visible: true });
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), this.pressHere(links.first())]);
  }

  async fillHere(locator, value) { await locator.fill(value); }
  async pressHere(locator) { await locator.click(); }
}
