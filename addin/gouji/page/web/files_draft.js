// A draft in this browser, only where it is asked for: all local pages share one store, and whoever keeps a draft is told so.
'use strict';

const DRAFTS = 'gouji-draft';
let drafting = false;

/** @typedef {{path: string, unit: string, time: string, text: string}} Draft */

/** @returns {Draft[]} */
function storedDrafts() {
  try {
    const read = JSON.parse(localStorage.getItem(DRAFTS) ?? '[]');
    return Array.isArray(read) ? read : [];
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
    } else if (storeDrafts([])) toast(words.drafts.discarded);
  });
  return make('label', { class: 'drafting', title: words.drafts.warning }, box, words.drafts.keep);
}

let keeping = 0;
/** Every file with something unsaved goes into the store, a moment after the last change. */
function keepDraft() {
  if (!drafting) return;
  clearTimeout(keeping);
  keeping = setTimeout(async () => {
    const drafts = [];
    for (const [number, held] of desk) {
      if (!held.unsaved || !held.shown.readable) continue;
      const text = await draftText(number);
      if (text) drafts.push({ path: held.shown.path, unit: held.shown.unit, time: new Date().toLocaleString('zh-CN'), text });
    }
    if (drafting && !storeDrafts(drafts)) toast(words.drafts.refused, 12_000);
  }, 800);
}

/** @param {number} number */
async function draftText(number) {
  try {
    const given = await call('draft', number);
    return given instanceof Uint8Array ? new TextDecoder().decode(given) : JSON.stringify(given);
  } catch { return ''; }
}

/** A draft of an earlier day is offered where nothing is on the desk yet. */
function offerDrafts() {
  const drafts = storedDrafts();
  $('kept').hidden = !drafts.length;
  if (!drafts.length) return;
  const names = drafts.map(({ unit, path, time }) => filled(words.drafts.one, { name: unit || lastOf(path), time })).join(words.sheet.and);
  $('kept').replaceChildren(make('p', {}, words.drafts.found, make('b', {}, names)), make('p', { class: 'acts' },
    make('button', { type: 'button', class: 'main', id: 'draft-resume', onclick: resumeDrafts }, words.drafts.resume),
    make('button', { type: 'button', id: 'draft-discard', onclick: discardDrafts }, words.drafts.discard)));
}

async function resumeDrafts() {
  drafting = true;
  for (const { text } of storedDrafts()) {
    const number = ++counted;
    try {
      took(number, await call('resumed', number, text));
      if (!current) await choose(number);
    } catch (error) {
      toast(filled(words.drafts.unreadable, { why: said(error) }), 0);
      drafting = false; // what is stored stays as it is
    }
  }
}

function discardDrafts() {
  storeDrafts([]);
  offerDrafts();
  toast(words.drafts.discarded);
}
// When all scripts are there.
document.addEventListener('DOMContentLoaded', offerDrafts);
