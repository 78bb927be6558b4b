// A block pasted at a cell: Python says what of it belongs where, and whether it stands off by a row or a column.
'use strict';

/** What was pasted last, for putting it where it belongs. */
let lastPaste = { cell: '', plain: '', html: '' };

/** @param {number} number of the file @param {string} cell @param {string} plain @param {string} html */
async function pasteAt(number, cell, plain, html) {
  untoast();
  sendTyped();
  dirty.clear();
  closePasted();
  lastPaste = { cell, plain, html };
  /** @type {Promise<Pasted>} */
  const asked = call('pasted', number, cell, plain, html), sent = onItsWay(number, asked), mine = steps;
  try {
    const done = await sent;
    took(number, done.shown);
    if (gone.has(number)) return;
    if (number === current && mine === steps && !unsent.size) {
      selectCell();
      tellPasted(number, done, plain, html);
    } else sayPasted(number, done);
  } catch (error) {
    if (gone.has(number)) return;
    toast(filled(words.sheet.lost, { why: said(error) }));
  }
}

/** Where one has gone on meanwhile, there is no one step back any more: it is only said. @param {number} number @param {Pasted} done */
function sayPasted(number, done) {
  const name = desk.get(number)?.shown.unit ?? '', line = done.shift || done.said;
  toast(number === current ? line : filled(words.paste.elsewhere, { name, line }), done.shift ? 15_000 : 6000);
}

/**
 * What was filled; where the block stands off, at once and with the way out: as long as it is the last step of the file shown.
 * @param {number} number @param {Pasted} done @param {string} plain @param {string} html
 */
function tellPasted(number, done, plain, html) {
  if (!done.shift) return toast(done.said);
  const undo = () => changeOf(number, call('undo', number));
  const move = async () => {
    if (!await undo()) return;
    if (number === current) $(done.cell)?.focus({ preventScroll: true });
    pasteAt(number, done.cell, plain, html);
  };
  const acts = [make('button', { type: 'button', onclick: undo }, words.paste.undo)];
  if (done.cell) acts.unshift(make('button', { type: 'button', class: 'main', onclick: move }, words.paste.move));
  closePasted();
  $('sheet').append(make('div', { id: 'shift', role: 'alert' }, make('p', {}, done.shift), make('p', { class: 'filled' }, done.said),
    make('p', { class: 'acts' }, ...acts, make('button', { type: 'button', onclick: closePasted }, words.paste.stay))));
}

/** Whoever answered is again in the cell at which the block was pasted. */
function closePasted() {
  const there = $('shift'), inside = there?.contains(document.activeElement);
  there?.remove();
  if (inside) $(lastPaste.cell)?.focus({ preventScroll: true });
}

$('paper').addEventListener('paste', (/** @type {ClipboardEvent} */ event) => {
  if (!isCell(event.target) || !event.clipboardData) return;
  const plain = event.clipboardData.getData('text/plain'), html = event.clipboardData.getData('text/html');
  // One value goes into the cell as if it were typed; a block is Python's to place.
  if (!/[\t\n]/.test(plain.trim()) && !/<t[dh]\b/i.test(html)) return;
  event.preventDefault();
  pasteAt(current, event.target.id, plain, html);
});
