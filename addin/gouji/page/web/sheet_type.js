// Typing: what is typed goes to Python after a moment of silence or on leaving, and is never overwritten meanwhile.
'use strict';

/** Milliseconds of silence after which what is typed is checked. */
const SILENCE = 350;

/** Cells typed and not sent yet: id → text. @type {Map<string, string>} */
const unsent = new Map();

/** What Python does not hold yet of what was typed, by file and field: on its way so often. @type {Map<string, {text: string, times: number}>} */
const flying = new Map();

/** Texts that were refused, by file and field: they stay for the person to mend. @type {Map<string, string>} */
const refusedFields = new Map();

/** @param {string} id of a field @param {number} number of its file */
const inFile = (id, number) => `${number} ${id}`;

/** Whether a text of this file was refused. @param {number} number */
const hasRefused = (number) => [...refusedFields.keys()].some((key) => key.startsWith(inFile('', number)));

/** Fields in which someone typed since they came into them. @type {Set<string>} */
const dirty = new Set();

/** What a cell held before someone typed into it, for Escape. */
let before = { id: '', text: '' };
let silence = 0;

/** The field in which an input method composes: whatever touches it cuts the word in two. @type {HTMLElement | null} */
let composing = null;

/** @param {Element} within */
const composes = (within) => !!composing?.isConnected && within.contains(composing);

/** @param {HTMLElement} field */
const isDirty = (field) => composes(field) || unsent.has(field.id) || (dirty.has(field.id) && field === document.activeElement);

/**
 * A field of the file shown holds what Python says, or what of it is on its way or refused; never where someone is typing.
 * @param {HTMLInputElement | HTMLTextAreaElement} field @param {string} text
 */
function paintField(field, text) {
  const key = inFile(field.id, current), value = flying.get(key)?.text ?? refusedFields.get(key) ?? text;
  if (!isDirty(field) && field.value !== value) field.value = value;
}

/** @param {HTMLInputElement} input @param {number} [wait] */
function typedInto(input, wait = SILENCE) {
  unsent.set(input.id, input.value);
  refusedFields.delete(inFile(input.id, current));
  dirty.add(input.id);
  closePasted();
  clearTimeout(silence);
  silence = setTimeout(sendTyped, wait);
}

/** Sends what was typed and not sent yet: cells in one call, every other field by its own. */
function sendTyped() {
  clearTimeout(silence);
  const typed = [...unsent];
  unsent.clear();
  const cells = typed.filter(([id]) => $(id)?.matches('.cell'));
  if (cells.length) fly(cells, 'typed', JSON.stringify(Object.fromEntries(cells)));
  for (const [id, text] of typed) {
    const field = $(id);
    if (field?.dataset.call) fly([[id, text]], field.dataset.call, field.dataset.of, text);
  }
}

/**
 * A call for fields that are not painted until it is answered.
 * @param {[string, string][]} typed fields and their texts @param {string} name @param {...string} args
 */
function fly(typed, name, ...args) {
  const number = current, texts = typed.map(([id, text]) => /** @type {const} */ ([inFile(id, number), text]));
  for (const [key, text] of texts) flying.set(key, { text, times: (flying.get(key)?.times ?? 0) + 1 });
  const landed = () => {
    for (const [key] of texts) {
      const one = flying.get(key);
      if (one && !--one.times) flying.delete(key);
    }
  };
  const kept = (/** @type {Error} */ error) => {
    // What was typed there since is what counts.
    texts.forEach(([key, text], at) => {
      if (!flying.has(key) && !(number === current && unsent.has(typed[at][0]))) refusedFields.set(key, text);
    });
    throw error;
  };
  changeOf(number, call(name, number, ...args).finally(landed).catch(kept));
}

/** Forgets what stands unsent in a field: it shows what Python holds. @param {HTMLInputElement} field */
function forget(field) {
  unsent.delete(field.id);
  dirty.delete(field.id);
  refusedFields.delete(inFile(field.id, current));
}

/** @param {EventTarget | null} target @returns {target is HTMLInputElement} */
const isCell = (target) => target instanceof Element && target.matches('input.cell');

/** @param {EventTarget | null} target @returns {target is HTMLInputElement} */
const isField = (target) => target instanceof Element && target.matches('#paper [data-call], input.cell');

/** One step back or forth; what is typed and not sent yet is the first step. What is typed next goes over the cell. @param {'undo' | 'redo'} name */
async function step(name) {
  sendTyped();
  dirty.clear();
  for (const key of [...refusedFields.keys()]) if (key.startsWith(inFile('', current))) refusedFields.delete(key);
  await change(name);
  selectCell();
}

/** The cell in which someone is, whole, as when one comes into it; not what is being typed there. */
function selectCell() {
  const at = document.activeElement;
  if (isCell(at) && !dirty.has(at.id)) at.select();
}

/** Where a key leads from a cell: down and right, or null. @param {KeyboardEvent} event @param {HTMLInputElement} input */
function direction(event, input) {
  const { selectionStart: start, selectionEnd: end, value } = input;
  const whole = start === 0 && end === value.length;
  if (event.key === 'Enter') return [event.shiftKey ? -1 : 1, 0];
  if (event.shiftKey) return null;
  if (event.key === 'ArrowUp') return [-1, 0];
  if (event.key === 'ArrowDown') return [1, 0];
  if (event.key === 'ArrowLeft' && (whole || end === 0)) return [0, -1];
  if (event.key === 'ArrowRight' && (whole || start === value.length)) return [0, 1];
  return null;
}

/** @param {KeyboardEvent} event */
function keyInCell(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  if (event.key === 'Escape') return back(input);
  const way = direction(event, input);
  if (!way) return;
  event.preventDefault();
  const next = beside(input, way[0], way[1]);
  if (next) next.focus();
  else sendTyped();
}

/** Escape: the cell holds again what it held before one typed; what came there by another act stays. @param {HTMLInputElement} input */
function back(input) {
  if (before.id !== input.id || !dirty.has(input.id) || input.value === before.text) return;
  input.value = before.text;
  forget(input);
  if (sheet()?.cells[input.id].v !== before.text) typedInto(input, 0);
  input.select();
}

$('paper').addEventListener('beforeinput', (/** @type {InputEvent} */ { target }) => {
  if (isCell(target) && !dirty.has(target.id)) before = { id: target.id, text: target.value };
});
$('paper').addEventListener('input', (/** @type {InputEvent} */ event) => {
  // While an input method composes, nothing is typed yet; compositionend says when.
  if (isField(event.target) && !event.isComposing) typedInto(event.target);
  if (!isCell(event.target)) return;
  fit([event.target]);
  /** @type {Element} */ (event.target.parentNode).classList.remove('prints'); // what was typed is printed, until Python has said what is
});
$('paper').addEventListener('compositionend', (/** @type {Event} */ event) => {
  if (isField(event.target)) typedInto(event.target);
});
document.addEventListener('compositionstart', ({ target }) => { composing = /** @type {HTMLElement} */ (target); });
document.addEventListener('compositionend', () => {
  const waited = composing && composes($('sheet'));
  composing = null;
  if (waited) draw();
});
$('paper').addEventListener('focusin', (/** @type {FocusEvent} */ event) => {
  const field = event.target;
  if (field instanceof Element) mark(field.getAttribute('data-finding') ?? '');
  if (!isCell(field)) return;
  rememberCell(field);
  field.select();
  cardOf(looked)?.scrollIntoView({ block: 'nearest' });
});
$('paper').addEventListener('focusout', (/** @type {FocusEvent} */ event) => {
  if (!isField(event.target)) return;
  const { target } = event;
  sendTyped();
  dirty.delete(target.id);
  const cell = sheet()?.cells[target.id];
  if (cell && !unsent.has(target.id) && target.value !== cell.v) draw();
});
$('paper').addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => {
  // The first click takes the whole cell, as a spreadsheet does; the second sets the caret.
  if (!isCell(event.target) || event.target === document.activeElement) return;
  event.preventDefault();
  event.target.focus();
});
$('paper').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
  if (isCell(event.target) && !event.isComposing && !event.altKey && !event.ctrlKey && !event.metaKey) keyInCell(event);
});
document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || !atSheet()) return;
  const key = event.key.toLowerCase();
  const name = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : null;
  if (!name || !ownsUndo(event.target)) return;
  event.preventDefault();
  step(name);
});

/** Fields outside the form (a dialog, an answer, an explanation not sent yet) keep the browser's own undo. @param {EventTarget | null} target */
const ownsUndo = (target) => !(target instanceof Element && target.matches('input:not([type=checkbox]), textarea')) || isField(target);
