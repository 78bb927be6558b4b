// node visit.mjs PLAN.json NODE_MODULES: what tests/support/browsers.py asks of Firefox; the answer is JSON on stdout.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [planned, modules] = process.argv.slice(2);
const plan = JSON.parse(fs.readFileSync(planned, 'utf8'));
const core = path.join(modules, 'puppeteer-core', 'lib', 'esm', 'puppeteer', 'puppeteer-core.js');
const { default: puppeteer } = await import(pathToFileURL(core).href);

const downloads = path.join(plan.folder, 'downloads');
fs.mkdirSync(downloads, { recursive: true });
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: plan.program,
  headless: true,
  extraPrefsFirefox: {
    // Without network: whatever is asked for goes to a port where nobody listens.
    'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': 9,
    'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': 9, 'network.proxy.no_proxies_on': '',
    'browser.download.folderList': 2, 'browser.download.dir': downloads, 'browser.download.useDownloadDir': true,
    'browser.download.alwaysOpenPanel': false, 'browser.helperApps.neverAsk.saveToDisk': 'application/octet-stream',
  },
});

async function downloaded(before) {
  for (let i = 0; i < 600; i++) {
    const now = fs.readdirSync(downloads).filter((name) => !before.includes(name));
    const whole = now.filter((name) => !name.endsWith('.part') && fs.statSync(path.join(downloads, name)).size);
    if (whole.length && whole.length === now.length) return path.join(downloads, whole[0]);
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('nothing was downloaded');
}

// A key, or Control+v.
async function press(keyboard, key) {
  const [last, ...held] = key.length > 1 ? key.split('+').reverse() : [key];
  for (const one of held) await keyboard.down(one);
  await keyboard.press(last);
  for (const one of held) await keyboard.up(one);
}

async function step(page, one) {
  const timeout = plan.ready;
  if (one.wait) return void await page.waitForSelector(one.wait, { timeout });
  if (one.gone) return void await page.waitForSelector(one.gone, { timeout, hidden: true });
  if (one.click) return void await (await page.waitForSelector(one.click, { timeout })).click();
  if (one.type !== undefined) return void await page.type(one.into, one.type);
  if (one.press) {
    for (const key of one.press) await press(page.keyboard, key);
    return null;
  }
  if (one.upload) return void await (await page.$(one.into)).uploadFile(...one.upload);
  if (one.run) return await page.evaluate(one.run) ?? null;
  if (one.picture) return void await page.screenshot({ path: one.picture });
  if (one.download) {
    const before = fs.readdirSync(downloads);
    await page.click(one.download);
    return downloaded(before);
  }
  throw new Error('no such step: ' + JSON.stringify(one));
}

const said = [], windows = [];

// The page once more beside the windows that are open, or one of these.
async function inWindow(number) {
  if (windows[number]) {
    await windows[number].bringToFront();
    return windows[number];
  }
  const page = windows[number] = await browser.newPage();
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.setViewport({ width: 1366, height: 768 });
  await page.goto(plan.page);
  await page.waitForSelector('#engine.ready', { timeout: plan.ready });
  return page;
}

try {
  let page = await inWindow(0);
  const results = [];
  for (const one of plan.steps) {
    if (one.window !== undefined) page = await inWindow(one.window);
    results.push(one.window === undefined ? await step(page, one) ?? null : null);
  }
  process.stdout.write(JSON.stringify({ results, said }));
} finally {
  await browser.close();
}
