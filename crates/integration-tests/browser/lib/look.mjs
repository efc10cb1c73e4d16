// Looks at a page as axe does, in both themes and at both widths; and that nothing is wider than the screen.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 390 },
];

export function looker(page, watched) {
  return async (name) => {
    const size = page.viewportSize();
    const title = await page.title();
    if (!title.includes('·') && !title.includes(':')) watched.faults.push(`${name}: the title “${title}” does not say where one is`);
    await page.evaluate(axe);
    for (const { theme, width } of VIEWS) {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ ...size, width });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wider > 0) watched.faults.push(`${name}: ${wider} px wider than a screen of ${width} px`);
      const { violations } = await page.evaluate(() => axe.run(document, { preload: false, resultTypes: ['violations'] }));
      for (const { id, help, nodes } of violations) {
        const where = nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${node.any[0]?.message ?? ''})`);
        watched.faults.push(`axe on ${name}, ${theme}, ${width} px: ${id}: ${help}\n  ${where.join('\n  ')}`);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(size);
  };
}
