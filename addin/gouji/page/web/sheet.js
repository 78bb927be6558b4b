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
const laid = (shown, given) => ({ shown, given, unsaved: false, saved: false, why: '', draft: crypto.getRandomValues(new Uint32Array(2)).join('-'), resumed: false });

/** @param {Shown[]} answers */
function merge(answers) {
  for (const one of answers) {
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

/**
 * A change on its way: its answer is kept and drawn, the file is not saved then.
 * @param {number} number
 * @param {Promise<Shown[]>} asked
 */
async function changeOf(number, asked) {
  untoast();
  try {
    took(number, await asked);
    return true;
  } catch (error) {
    toast(filled(words.sheet.lost, { why: said(error) }));
    await draw();
    return false;
  }
}

/** @param {number} number @param {Shown[]} answers */
function took(number, answers) {
  merge(answers);
  closePasted();
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
    sendTyped();
    closePasted();
    refusedFields.clear();
  }
  current = number;
  drawFiles();
  await draw();
}

/** Draws the file shown: the whole form where it is another one, else only what may have changed. */
async function draw() {
  const held = desk.get(current);
  $('sheet').hidden = !held;
  if (!held) return;
  const { shown } = held;
  if (!shown.readable) return drawUnread(held);
  if (!forms.has(shown.form)) {
    const form = await call('form', shown.form);
    states = await call('states');
    forms.set(shown.form, form);
    if (held !== desk.get(current)) return;
  }
  const form = /** @type {FormShown} */ (forms.get(shown.form));
  const key = `${shown.number} ${shown.form}`;
  const fresh = $('paper').dataset.form !== key;
  if (fresh) keepingPlace(() => {
    $('paper').replaceChildren(leaf(shown, form));
    $('paper').dataset.form = key;
  });
  paint(shown, form);
  drawBar(held);
  drawTabs(shown, form);
  drawFindings(shown);
  if (fresh) lead(shown);
}

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
