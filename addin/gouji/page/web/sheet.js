// One workbook on the desk: which one is shown, what is asked of Python for it, and what is drawn again then.
'use strict';

/** Every file on the desk by its number. @type {Map<number, Held>} */
const desk = new Map();

/** Printed forms as Python drew them, by their key. @type {Map<string, FormShown>} */
const forms = new Map();

/** The number of the file that is shown; 0 where there is none. */
let current = 0;

/** The file that is shown, where it could be read. @returns {Shown | null} */
function sheet() {
  const held = desk.get(current);
  return held && held.shown.readable ? held.shown : null;
}

/** A file that is on the desk from now on. @param {Shown} shown @param {Given | null} given @returns {Held} */
const laid = (shown, given) => ({ shown, given, unsaved: false, saved: false, why: '', draft: draftKey(), resumed: false });

/** Numbers of files that were taken away: what is answered for them is dropped. @type {Set<number>} */
const gone = new Set();

/** @param {Shown[]} answers */
function merge(answers) {
  for (const one of answers) {
    if (gone.has(one.number)) continue;
    const held = desk.get(one.number);
    if (held) held.shown = one;
    else desk.set(one.number, laid(one, null));
  }
}

/**
 * Asks Python for a change of the file shown, typed fields first, and draws the answer.
 * @param {string} name
 * @param {...(string | Uint8Array)} args
 * @returns {Promise<boolean>} whether it was done
 */
function change(name, ...args) {
  sendTyped();
  return changeOf(current, call(name, current, ...args));
}

/** Steps sent so far, and those of each file that are not answered yet. */
let steps = 0;
/** @type {Map<number, number>} */
const underway = new Map();

/**
 * A step of a file on its way, until it is answered.
 * @template T @param {number} number @param {Promise<T>} asked @returns {Promise<T>}
 */
async function onItsWay(number, asked) {
  steps++;
  underway.set(number, (underway.get(number) ?? 0) + 1);
  try {
    return await asked;
  } finally {
    const left = (underway.get(number) ?? 1) - 1;
    if (left) underway.set(number, left);
    else underway.delete(number);
  }
}

/**
 * A change on its way: its answer is kept and drawn, the file is not saved then.
 * @param {number} number
 * @param {Promise<Shown[]>} asked
 */
async function changeOf(number, asked) {
  untoast();
  closePasted();
  try {
    took(number, await onItsWay(number, asked));
    return true;
  } catch (error) {
    if (gone.has(number)) return false;
    toast(filled(words.sheet.lost, { why: said(error) }));
    await draw();
    return false;
  }
}

/** @param {number} number @param {Shown[]} answers */
function took(number, answers) {
  merge(answers);
  const held = desk.get(number);
  if (held) held.unsaved = held.saved || held.resumed || !!held.shown.changed.said;
  draw();
  drawFiles();
  keepDraft();
}

/** @param {unknown} error */
const said = (error) => (error instanceof Error ? error.message : String(error));

/** @param {number} number */
async function choose(number) {
  if (number !== current) {
    // What is typed here and not sent yet goes to the file for which it was typed.
    if ($('sheet').contains(document.activeElement)) /** @type {HTMLElement} */ (document.activeElement).blur();
    sendTyped();
    closePasted();
  }
  current = number;
  pressed = false;
  drawFiles();
  await draw();
}

/** The number of the file whose form is on the paper; 0 for none. */
const drawn = () => parseInt($('paper').dataset.form ?? '0', 10);

/** The file shown, where keys are for it: its form is there and nothing lies over it. @returns {Shown | null} */
const atSheet = () => (document.body.dataset.place === 'sheet' && drawn() === current && !document.querySelector('dialog[open]') ? sheet() : null);

/**
 * Draws the file shown: the whole form where it is another one, else only what may have changed. Whatever stands there is always
 * of `current`: nothing of another file is left on the paper while a form is on its way.
 */
async function draw() {
  const held = desk.get(current);
  $('sheet').hidden = !held;
  if (!held || isPressed()) return;
  const { shown } = held;
  if (!shown.readable) return drawUnread(held);
  if (!forms.has(shown.form)) {
    if (drawn() !== current) drawUnread({ ...held, shown: { ...shown, readable: false, state: 'waiting', findings: [] } });
    const form = await call('form', shown.form);
    states = await call('states');
    forms.set(shown.form, form);
    if (held !== desk.get(current)) return;
  }
  const form = /** @type {FormShown} */ (forms.get(shown.form));
  const key = `${shown.number} ${shown.form}`;
  const fresh = $('paper').dataset.form !== key;
  if (fresh && drawn() === current && composes($('paper'))) return; // its end draws again
  if (fresh) keepingPlace(() => {
    lastCells.clear();
    $('paper').replaceChildren(leaf(shown, form));
    $('paper').dataset.form = key;
  });
  paint(shown, form);
  drawBar(held);
  drawTabs(shown, form);
  drawFindings(shown);
  if (fresh) lead(shown);
}

/** What has a click, and where it is drawn anew. */
const CLICKED = 'button, summary, label, input[type=checkbox]', DRAWN_ANEW = '#list, #sheet, #office';
/** Whether such is pressed: one that is drawn anew before it is released has no click. What is due is drawn then. */
let pressed = false, due = false;

function isPressed() {
  due ||= pressed;
  return pressed;
}

function released() {
  pressed = false;
  if (due) setTimeout(() => { drawFiles(); draw(); if (officeGiven && !taking) drawOffice(); });
  due = false;
}
document.addEventListener('pointerdown', ({ target }) => { pressed = target instanceof Element && !!target.closest(CLICKED)?.closest(DRAWN_ANEW); }, true);
document.addEventListener('click', released, true);
for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => setTimeout(released), true);

/** A file that could not be read: what is wrong with it, and no form. @param {Held} held */
function drawUnread(held) {
  const waiting = held.shown.state === 'waiting';
  delete $('paper').dataset.form;
  $('paper').replaceChildren(make('div', { class: 'leaf none' }, waiting ? words.sheet.waiting : words.sheet.none));
  $('parts').replaceChildren();
  $('edits').replaceChildren();
  drawBar(held);
  drawFindings(held.shown);
}

/** What comes into view first: the table of the first error. @param {Shown} shown */
function lead(shown) {
  const first = shown.findings.find((f) => f.level === 'error' && !f.left && f.cells[0]);
  const head = first && $(first.cells[0])?.closest('section')?.querySelector('h3');
  $('paper').scrollTo({ top: head ? head.offsetTop - 12 : 0, behavior: 'instant' });
}

/**
 * Draws something anew; the field in which someone types keeps focus, text and caret.
 * @param {() => void} drawing
 */
function keepingPlace(drawing) {
  const at = /** @type {HTMLInputElement | null} */ (document.activeElement);
  const { id, value, selectionStart, selectionEnd } = at ?? { id: '' };
  drawing();
  if (!id || document.activeElement?.id === id) return;
  const again = $(id);
  if (!again) return;
  if (value !== undefined && again.value !== undefined) again.value = value;
  again.focus({ preventScroll: true });
  if (typeof selectionStart === 'number') again.setSelectionRange?.(selectionStart, selectionEnd);
}
