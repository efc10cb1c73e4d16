// Hands that never leave the keyboard. Wherever Tab leads, the place must be seen and seen to have the focus.

import { field, named } from './find.mjs';
import { Mouse } from './mouse.mjs';

const MOST_STEPS = 250;

export class Keyboard extends Mouse {
  get keys() { return this.page.keyboard; }

  async fillHere(locator, value) {
    await this.reach(locator);
    await this.keys.press('Control+a');
    await this.keys.insertText(value);
  }

  async date(label, day) {
    const [year, month, date] = day.split('-');
    await this.parts(label, [`${month}${date}${year}`], day);
  }

  async moment(label, at) {
    const [year, month, date, hour, minute] = at.split(/[-T:]/);
    await this.parts(label, [`${month}${date}${year}`, `${hour}${minute}`, 'AM'], at);
  }

  // The parts of a date are typed in the order of the browser's language, which is English here. Coming from below one
  // is at the button of its calendar: out at the top, and in again.
  async parts(label, parts, value) {
    const box = field(this.page, label);
    await this.reach(box);
    const within = () => box.evaluate((input) => input === document.activeElement);
    while (await within()) await this.keys.press('Shift+Tab');
    while (!(await within())) await this.keys.press('Tab');
    for (const [at, part] of parts.entries()) {
      // A year may have more digits, so one goes on to the time by oneself.
      if (at === 1) await this.keys.press('ArrowRight');
      await this.keys.type(part);
    }
    const typed = await box.inputValue();
    if (typed !== value) throw new Error(`typing ${value} in “${label}” gave “${typed}”`);
  }

  async select(label, option) {
    const box = field(this.page, label);
    await this.reach(box);
    await this.keys.type(option);
    const chosen = await box.evaluate((select) => select.selectedOptions[0].label);
    if (chosen !== option) throw new Error(`typing “${option}” in “${label}” chose “${chosen}”`);
  }

  async tick(label, within = this.page) {
    const box = named('checkbox', label, within);
    await this.reach(box);
    await this.keys.press('Space');
    if (!(await box.isChecked())) throw new Error(`Space did not tick “${label}”`);
  }

  // Tab leads to a group of radio buttons, the arrows lead through it.
  async choose(label) {
    const radio = named('radio', label, this.page);
    const name = await radio.getAttribute('name');
    const group = this.page.locator(`input[type=radio][name="${name}"]`);
    const chosen = group.and(this.page.locator(':checked'));
    await this.reach((await chosen.count()) ? chosen : group.first());
    for (let step = await group.count(); step > 0 && !(await radio.isChecked()); step -= 1) await this.keys.press('ArrowDown');
    if (!(await radio.isChecked())) throw new Error(`the arrows do not lead to “${label}”`);
  }

  async attach(label, file) {
    await this.reach(field(this.page, label));
    // A browser with much to do forgets a key now and then; a person would press it again.
    let chooser = null;
    for (let press = 0; press < 3 && !chooser; press += 1) {
      const chosen = this.page.waitForEvent('filechooser', { timeout: 5_000 }).catch(() => null);
      await this.keys.press('Space');
      chooser = await chosen;
    }
    if (!chooser) throw new Error(`Space at “${label}” lets nobody choose a file`);
    await chooser.setFiles(file);
  }

  async press(role, name, within = this.page) { await this.pressHere(named(role, name, within)); }

  async pressHere(locator) {
    await this.reach(locator);
    await this.keys.press('Enter');
  }

  // Tabs to an element, forwards or backwards.
  async reach(locator) {
    await locator.waitFor();
    const goal = await locator.elementHandle();
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const way = await goal.evaluate(wayTo);
      if (way === 'there') return;
      await this.keys.press(way === 'before' ? 'Shift+Tab' : 'Tab');
      const wrong = await this.page.evaluate(unseenFocus);
      if (wrong) throw new Error(`the focus is not seen: ${wrong}`);
    }
    throw new Error(`Tab does not lead to ${locator}`);
  }
}

// In the page: where the goal stands as seen from the focus.
function wayTo(goal) {
  const at = document.activeElement;
  if (at === goal) return 'there';
  const before = at !== document.body && goal.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING;
  return before ? 'before' : 'after';
}

// In the page: what is wrong with how the focus is shown; null if nothing is.
function unseenFocus() {
  const at = document.activeElement;
  if (at === document.body || at.tagName === 'IFRAME') return null;
  const name = at.outerHTML.slice(0, 120);
  const shown = at.closest('.choice, .mail-file--kept') ?? at;
  const style = getComputedStyle(shown);
  const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1);
  if (!ring) return `no ring around ${name}`;
  // A link that goes over the end of a line is several boxes.
  const box = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (right - left < 4 || bottom - top < 4) return `outside of the screen: ${name}`;
  const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .9], [.5, .1]];
  const on = points.some(([x, y]) => {
    const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
    return hit && (shown.contains(hit) || hit.contains(shown) && hit.tagName === 'LABEL');
  });
  return on ? null : `covered by something: ${name}`;
}
