// Looks at a page as axe does, in both themes and at both widths; and that nothing is wider than the screen.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 390 },
];

// A page that asks for itself again, as some do while something is at work, may go away while it is looked at.
async function steadily(page, work) {
  for (let left = 3; ; left -= 1) {
    try {
      await page.evaluate(axe);
      return await work();
    } catch (error) {
      if (!left || !/context was destroyed|navigat|axe is not defined/.test(error.message)) throw error;
      await page.waitForLoadState('load');
    }
  }
}

export function looker(page, watched) {
  return async (name) => {
    const size = page.viewportSize();
    const title = await page.title();
    if (!title.includes('·') && !title.includes(':')) watched.faults.push(`${name}: the title “${title}” does not say where one is`);
    for (const { theme, width } of VIEWS) {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ ...size, width });
      const { wider, violations } = await steadily(page, () => page.evaluate(async () => ({
        wider: document.documentElement.scrollWidth - innerWidth,
        violations: (await axe.run(document, { preload: false, resultTypes: ['violations'] })).violations,
      })));
      if (wider > 0) watched.faults.push(`${name}: ${wider} px wider than a screen of ${width} px`);
      for (const { id, help, nodes } of violations) {
        const where = nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${node.any[0]?.message ?? ''})`);
        watched.faults.push(`axe on ${name}, ${theme}, ${width} px: ${id}: ${help}\n  ${where.join('\n  ')}`);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(size);
  };
}
