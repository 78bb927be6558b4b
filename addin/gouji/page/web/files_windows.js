// Two windows with one draft: the one that comes second says so and keeps a draft of its own, so that neither loses anything.
'use strict';

/** Drafts as this window wrote or resumed them, by their keys: what is stored otherwise another window has written. @type {Map<string, string>} */
const storedHere = new Map();

/** Whether another window has written since under a key of this one. @param {string} key */
function isOthers(key) {
  const stored = storedDrafts().find((one) => one.key === key);
  return !!stored && stored.text !== storedHere.get(key);
}

/** Names under which windows ask and answer, in the store that they share: what one writes the others are told of. */
const ASKS = 'gouji-draft-asks', HAS = 'gouji-draft-has';
/** Milliseconds within which another window has answered. */
const ANSWERED = 300;

/** Which of these drafts are open in another window. @param {Set<string>} keys @returns {Promise<Set<string>>} */
async function openElsewhere(keys) {
  /** @type {Set<string>} */
  const open = new Set();
  const asked = draftKey();
  const heard = (/** @type {StorageEvent} */ { key, newValue }) => {
    const { to, keys: theirs } = key === HAS ? told(newValue) : { to: '', keys: [] };
    if (to === asked) for (const one of theirs) open.add(one);
  };
  addEventListener('storage', heard);
  try {
    localStorage.setItem(ASKS, JSON.stringify({ to: asked, keys: [...keys] }));
    await new Promise((done) => setTimeout(done, ANSWERED));
    for (const name of [ASKS, HAS]) localStorage.removeItem(name);
  } catch { /* what can not be asked is seen when something is stored */ }
  removeEventListener('storage', heard);
  return open;
}

/** Other local pages write into the same store. @param {string | null} text @returns {{to: string, keys: string[]}} */
function told(text) {
  try {
    const { to, keys } = JSON.parse(text ?? '');
    return { to: String(to), keys: Array.isArray(keys) ? keys.map(String) : [] };
  } catch { return { to: '', keys: [] }; }
}

addEventListener('storage', ({ key, newValue }) => {
  if (key !== ASKS || !newValue) return;
  const { to, keys } = told(newValue), here = new Set([...desk.values()].map((held) => held.draft));
  const open = keys.filter((one) => here.has(one));
  if (!open.length) return;
  try { localStorage.setItem(HAS, JSON.stringify({ to, keys: open })); } catch { /* then it is seen when something is stored */ }
});

/** @param {string[]} names of files */
const sayApart = (names) => toast(filled(words.drafts.apart, { names: names.slice(0, NAMED).map((name) => filled(words.desk.named, { name: name.slice(0, NAME) })).join(words.sheet.and) }), 0);
