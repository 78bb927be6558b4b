// Typing: what is typed goes to Python after a moment of silence or on leaving, and is never overwritten meanwhile.
'use strict';

/** Milliseconds of silence after which what is typed is checked. */
const SILENCE = 350;

/** Cells typed and not sent yet: id → text. @type {Map<string, string>} */
const unsent = new Map();

/** Fields sent and not answered yet: id → how often. @type {Map<string, number>} */
const flying = new Map();

/** Fields whose text was refused: it stays for the person to mend. @type {Set<string>} */
const refusedFields = new Set();

/** Fields in which someone typed since they came into them. @type {Set<string>} */
const dirty = new Set();

/** What a cell held before someone typed into it, for Escape. */
let before = { id: '', text: '' };
let silence = 0;

/** @param {HTMLElement} field */
const isDirty = (field) => unsent.has(field.id) || flying.has(field.id) || refusedFields.has(field.id) || (dirty.has(field.id) && field === document.activeElement);

/** @param {HTMLInputElement} input @param {number} [wait] */
function typedInto(input, wait = SILENCE) {
  unsent.set(input.id, input.value);
  refusedFields.delete(input.id);
  dirty.add(input.id);
  clearTimeout(silence);
  silence = setTimeout(sendTyped, wait);
}

/** Sends what was typed and not sent yet: cells in one call, every other field by its own. */
function sendTyped() {
  clearTimeout(silence);
  const typed = [...unsent];
  unsent.clear();
  const cells = typed.filter(([id]) => $(id)?.matches('.cell'));
  if (cells.length) fly(cells.map(([id]) => id), 'typed', JSON.stringify(Object.fromEntries(cells)));
  for (const [id, text] of typed) {
    const field = $(id);
    if (field?.dataset.call) fly([id], field.dataset.call, field.dataset.of, text);
  }
}

/**
 * A call for fields that are not painted until it is answered.
 * @param {string[]} ids @param {string} name @param {...string} args
 */
function fly(ids, name, ...args) {
  for (const id of ids) flying.set(id, (flying.get(id) ?? 0) + 1);
  const landed = () => {
    for (const id of ids) {
      const left = (flying.get(id) ?? 1) - 1;
      if (left) flying.set(id, left);
      else flying.delete(id);
    }
  };
  const kept = (/** @type {Error} */ error) => {
    for (const id of ids) refusedFields.add(id);
    throw error;
  };
  changeOf(current, call(name, current, ...args).finally(landed).catch(kept));
}

/** Forgets what stands unsent in a field: it shows what Python holds. @param {HTMLInputElement} field */
function forget(field) {
  unsent.delete(field.id);
  dirty.delete(field.id);
  refusedFields.delete(field.id);
}

/** @param {EventTarget | null} target @returns {target is HTMLInputElement} */
const isCell = (target) => target instanceof Element && target.matches('input.cell');

/** @param {EventTarget | null} target @returns {target is HTMLInputElement} */
const isField = (target) => target instanceof Element && target.matches('#paper [data-call], input.cell');

/** One step back or forth; what is typed and not sent yet is the first step. What is typed next goes over the cell. @param {'undo' | 'redo'} name */
async function step(name) {
  sendTyped();
  dirty.clear();
  refusedFields.clear();
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
  if (isCell(event.target)) fit([event.target]);
});
$('paper').addEventListener('compositionend', (/** @type {Event} */ event) => {
  if (isField(event.target)) typedInto(event.target);
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
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || !sheet()) return;
  const key = event.key.toLowerCase();
  const name = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : null;
  if (!name || !ownsUndo(event.target)) return;
  event.preventDefault();
  step(name);
});

/** Fields outside the form (a dialog, an answer, an explanation not sent yet) keep the browser's own undo. @param {EventTarget | null} target */
const ownsUndo = (target) => !(target instanceof Element && target.matches('input:not([type=checkbox]), textarea')) || isField(target);
