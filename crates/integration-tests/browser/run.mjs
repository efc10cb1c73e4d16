// Walks one journey: node run.mjs '{"journey": "visitor", "base": "https://…", "chromium": "/usr/bin/chromium", …}'.
// The test in tests/all/browser_journeys.rs starts it, with a server of its own.

import { chromium } from 'playwright-core';
import { Keyboard } from './lib/keyboard.mjs';
import { Mouse } from './lib/mouse.mjs';
import { looker } from './lib/look.mjs';
import { watch } from './lib/watch.mjs';
import { World } from './lib/world.mjs';

const options = JSON.parse(process.argv[2]);
const { default: journey } = await import(`./journeys/${options.journey}.mjs`);
const javascript = options.javascript ?? true;

const browser = await chromium.launch({ executablePath: options.chromium });
const settings = {
  baseURL: options.base,
  ignoreHTTPSErrors: true,
  javaScriptEnabled: javascript,
  colorScheme: options.theme,
  reducedMotion: 'reduce',
  locale: options.locale ?? 'en-US',
  viewport: { width: options.width, height: 800 },
};
const Hands = options.hands === 'keyboard' ? Keyboard : Mouse;
const world = new World();
const everybody = [];

// A person at a browser of their own.
async function person() {
  const context = await browser.newContext(settings);
  context.setDefaultTimeout(options.patience ?? 30_000);
  const page = await context.newPage();
  const watched = watch(context, options.base);
  const look = options.look ? looker(page, watched) : async () => {};
  const tools = { page, options, javascript, watched, world, hands: new Hands(page), look, another: person };
  everybody.push(tools);
  return tools;
}
const tools = await person();
const { page } = tools;

let failed;
try {
  await journey(tools);
} catch (error) {
  failed = error;
  console.log(`at ${page.url()}:\n${error.stack}`);
  if (options.picture) await page.screenshot({ path: options.picture, fullPage: true });
  console.log((await page.locator('body').innerText().catch(() => '')).slice(0, 3000));
}
const faults = everybody.flatMap(({ watched }) => watched.faults);
for (const fault of faults) console.log(`fault: ${fault}`);
world.end();
await browser.close();
process.exitCode = failed || faults.length ? 1 : 0;
