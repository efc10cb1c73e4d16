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
const context = await browser.newContext({
  baseURL: options.base,
  ignoreHTTPSErrors: true,
  javaScriptEnabled: javascript,
  colorScheme: options.theme,
  reducedMotion: 'reduce',
  locale: options.locale ?? 'en-US',
  viewport: { width: options.width, height: 800 },
});
context.setDefaultTimeout(10_000);
const page = await context.newPage();
const watched = watch(context, options.base);
const Hands = options.hands === 'keyboard' ? Keyboard : Mouse;
const tools = {
  page,
  options,
  javascript,
  watched,
  world: new World(),
  hands: new Hands(page),
  look: options.look ? looker(page, watched) : async () => {},
};

let failed;
try {
  await journey(tools);
} catch (error) {
  failed = error;
  console.log(`at ${page.url()}:\n${error.stack}`);
  if (options.picture) await page.screenshot({ path: options.picture, fullPage: true });
  console.log((await page.locator('body').innerText().catch(() => '')).slice(0, 3000));
}
for (const fault of watched.faults) console.log(`fault: ${fault}`);
tools.world.end();
await browser.close();
process.exitCode = failed || watched.faults.length ? 1 : 0;
