// A block pasted at a cell: Python says what of it belongs where, and whether it stands off by a row or a column.
'use strict';

/** What was pasted last, for putting it where it belongs. */
let lastPaste = { cell: '', plain: '', html: '' };

/** @param {string} cell @param {string} plain @param {string} html */
async function pasteAt(cell, plain, html) {
  untoast();
  sendTyped();
  dirty.clear();
  lastPaste = { cell, plain, html };
  const number = current;
  try {
    /** @type {Pasted} */
    const done = await call('pasted', number, cell, plain, html);
    took(number, done.shown);
    selectCell();
    tellPasted(done);
  } catch (error) {
    toast(filled(words.sheet.lost, { why: said(error) }));
  }
}

/** What was filled; where the block stands off, at once and with the way out. @param {Pasted} done */
function tellPasted(done) {
  if (!done.shift) return toast(done.said);
  const undo = () => { closePasted(); change('undo'); };
  const move = async () => { closePasted(); await change('undo'); $(done.cell)?.focus({ preventScroll: true }); pasteAt(done.cell, lastPaste.plain, lastPaste.html); };
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
  pasteAt(event.target.id, plain, html);
});
