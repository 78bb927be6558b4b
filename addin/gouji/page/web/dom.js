// What every script of the page uses: an element by its id, a new element, a sentence of the wording.
'use strict';

/** @param {string} id @returns {any} */
const $ = (id) => document.getElementById(id);

/** All that the page says: page/wording.toml by its tables. @type {Record<string, any>} */
const words = JSON.parse($('words').textContent);

/**
 * An element with its attributes; `on…` are handlers, `false` and `undefined` leave an attribute out, `true` sets it empty.
 * @param {string} tag
 * @param {Record<string, any>} [given]
 * @param {...(Node | string | number | null | undefined)} inner
 * @returns {any}
 */
function make(tag, given = {}, ...inner) {
  const one = document.createElement(tag);
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith('on')) one.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) one.setAttribute(key, value === true ? '' : String(value));
  }
  one.append(...inner.filter((i) => i !== null && i !== undefined).map((i) => (i instanceof Node ? i : String(i))));
  return one;
}

/**
 * A sentence with its fields filled: `{name}` as in the wording.
 * @param {string} text
 * @param {object} fields
 */
const filled = (text, fields) => text.replace(/\{(\w+)\}/g, (whole, key) => (
  key in fields ? String(/** @type {Record<string, unknown>} */ (fields)[key]) : whole));

let fading = 0;
/**
 * A sentence at the head of the page for a while; for 0 ms, until it was seen or the next one comes. `act`: what may be done about it.
 * @param {string} text @param {number} [ms] @param {{label: string, does: () => void}} [act]
 */
function toast(text, ms = 6000, act = !ms && text ? { label: words.frame.seen, does() {} } : undefined) {
  const button = act && make('button', { type: 'button', onclick: () => { toast('', 0); act.does(); } }, act.label);
  $('toast').replaceChildren(...[text, button ?? ''].filter((one) => one !== ''));
  clearTimeout(fading);
  fading = ms && setTimeout(() => { fading = 0; $('toast').textContent = ''; }, ms);
}

/** The next act takes the sentence away, unless it stands until it was seen. */
const untoast = () => { if (fading) toast('', 0); };

/**
 * Bytes as a file of that name in the person's download folder.
 * @param {Uint8Array} bytes
 * @param {string} name
 */
function save(bytes, name) {
  const address = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (bytes)], { type: 'application/octet-stream' }));
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
