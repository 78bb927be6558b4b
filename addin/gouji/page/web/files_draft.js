// A draft in this browser, only where it is asked for: all local pages share one store, and whoever keeps a draft is told so.
'use strict';

const DRAFTS = 'gouji-draft';
let drafting = false;

/** `key`: the file of which it is, in whatever window. @typedef {{key: string, path: string, unit: string, year: number, time: string, text: string}} Draft */

/** How many drafts are offered at once, and how much of a name is shown. */
const OFFERED = 50, NAME = 60;

/** Other local pages write into the same store: what is no draft is left aside. @param {any} one */
const isDraft = (one) => one !== null && ['path', 'unit', 'time', 'text'].every((key) => typeof one[key] === 'string');

const draftKey = () => crypto.getRandomValues(new Uint32Array(2)).join('-');

/** @returns {Draft[]} */
function storedDrafts() {
  try {
    const read = JSON.parse(localStorage.getItem(DRAFTS) ?? '[]');
    return Array.isArray(read) ? read.filter(isDraft).map((one, at) => ({ ...one, key: one.key ?? `${at}` })) : [];
  } catch { return []; }
}

/** @param {Draft[]} drafts @returns {boolean} */
function storeDrafts(drafts) {
  try {
    if (drafts.length) localStorage.setItem(DRAFTS, JSON.stringify(drafts));
    else localStorage.removeItem(DRAFTS);
    return true;
  } catch { return false; }
}

function draftChoice() {
  const box = make('input', { type: 'checkbox', id: 'drafting' });
  box.checked = drafting;
  box.addEventListener('change', () => {
    drafting = box.checked;
    if (drafting) {
      toast(words.drafts.warning, 15_000);
      keepDraft();
    } else if (storeDrafts(without(new Set([...desk.values()].map((held) => held.draft).filter((key) => !isOthers(key)))))) toast(words.drafts.discarded);
  });
  return make('label', { class: 'drafting', title: words.drafts.warning }, box, words.drafts.keep);
}

/** What is stored now but for these: other windows and earlier days have their own. @param {Set<string>} keys */
const without = (keys) => storedDrafts().filter(({ key }) => !keys.has(key));

let keeping = 0;
/** Every file with something unsaved goes into the store, a moment after the last change. */
function keepDraft() {
  if (!drafting) return;
  clearTimeout(keeping);
  keeping = setTimeout(async () => {
    /** @type {Map<string, Draft | null>} */
    const drafts = new Map([...leftAside].map((key) => [key, null]));
    for (const [number, held] of desk) {
      if (!held.shown.readable || isEmpty(held.shown)) continue;
      const draft = held.unsaved ? await draftOf(number, held) : null;
      if (draft?.text !== '') drafts.set(held.draft, draft);
    }
    if (drafting) store(drafts);
  }, 800);
}

/** @param {Map<string, Draft | null>} drafts by their keys */
function store(drafts) {
  /** @type {string[]} */
  const apart = [];
  for (const [key, draft] of [...drafts]) {
    if (!isOthers(key)) continue;
    drafts.delete(key);
    const held = [...desk.values()].find((one) => one.draft === key);
    if (!held || !draft) continue;
    held.draft = draftKey();
    drafts.set(held.draft, { ...draft, key: held.draft });
    apart.push(draft.unit || lastOf(draft.path));
  }
  if (!storeDrafts(withStored(drafts))) return toast(words.drafts.refused, 12_000);
  for (const [key, draft] of drafts) if (draft) storedHere.set(key, draft.text);
  if (apart.length) sayApart(apart);
}

/** @param {Shown} shown */
const isEmpty = ({ cells, texts, notes }) => !Object.values(cells).some((cell) => cell.v) && !Object.values(texts).some(Boolean) && !Object.keys(notes).length;

/** Keys of files that were taken away. @type {Set<string>} */
const leftAside = new Set();

/**
 * What is stored stays where nothing is put in its place, as where all that was typed is undone: an empty form never takes the
 * place of a draft. `null`: it is not wanted any more.
 * @param {Map<string, Draft | null>} drafts by their keys
 */
function withStored(drafts) {
  return [...without(new Set(drafts.keys())), ...[...drafts.values()].filter((one) => one !== null)];
}

/** @param {number} number @param {Held} held @returns {Promise<Draft>} */
const draftOf = async (number, { draft: key, shown: { path, unit, year } }) => (
  { key, path, unit, year, time: new Date().toLocaleString('zh-CN'), text: await draftText(number) });

/** @param {number} number */
async function draftText(number) {
  try {
    const given = await call('draft', number);
    return given instanceof Uint8Array ? new TextDecoder().decode(given) : JSON.stringify(given);
  } catch { return ''; }
}

/** A draft of an earlier day is offered where nothing is on the desk yet. */
function offerDrafts() {
  const all = storedDrafts(), drafts = all.slice(0, OFFERED);
  $('kept').hidden = !drafts.length;
  if (!drafts.length) return;
  const names = drafts.map(({ unit, path, year, time }) => filled(words.drafts.one, {
    name: (unit || lastOf(path)).slice(0, NAME), year: Number.isInteger(year) && year ? filled(words.sheet.year, { year }) : '', time: time.slice(0, NAME) })).join(words.sheet.and);
  $('kept').replaceChildren(make('p', {}, filled(words.drafts.found, { count: all.length }), make('b', {}, names)), make('p', { class: 'acts' },
    make('button', { type: 'button', class: 'main', id: 'draft-resume', onclick: () => resumeDrafts(drafts) }, words.drafts.resume),
    make('button', { type: 'button', id: 'draft-discard', onclick: () => discardDrafts(drafts) }, words.drafts.discard)));
}

/** @param {Draft[]} drafts */
async function resumeDrafts(drafts) {
  drafting = $('draft-resume').disabled = true;
  const keys = new Set(drafts.map(({ key }) => key)), elsewhere = await openElsewhere(keys);
  const apart = [];
  for (const { key, text, unit, path } of storedDrafts().filter((one) => keys.has(one.key))) { // as they are now
    const number = ++counted;
    if (elsewhere.has(key)) apart.push(unit || lastOf(path));
    else storedHere.set(key, text);
    try {
      merge(await call('resumed', number, text));
      // What was typed lies in no file yet.
      Object.assign(/** @type {Held} */ (desk.get(number)), { draft: elsewhere.has(key) ? draftKey() : key, resumed: true, unsaved: true });
      sortFiles();
      drawFiles();
      if (!current) await choose(number);
    } catch (error) {
      toast(filled(words.drafts.unreadable, { why: said(error) }), 0);
      drafting = false; // what is stored stays as it is
    }
  }
  if (apart.length && drafting) sayApart(apart);
  $('draft-resume').disabled = false;
}

/** @param {Draft[]} drafts */
function discardDrafts(drafts) {
  storeDrafts(without(new Set(drafts.map(({ key }) => key))));
  offerDrafts();
  toast(words.drafts.discarded);
}
// When all scripts are there.
document.addEventListener('DOMContentLoaded', offerDrafts);
