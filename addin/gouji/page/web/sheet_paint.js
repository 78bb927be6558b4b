// What the cells hold and how they look: as Python says, without touching what someone is typing.
'use strict';

/** @param {Shown} shown @param {FormShown} form */
function paint(shown, form) {
  const ranks = new Map(inOrder(shown).map((finding, rank) => [finding.id, rank]));
  for (const [id, cell] of Object.entries(shown.cells)) paintCell($(id), cell, ranks.get(cell.f ?? ''), !!desk.get(shown.number)?.given);
  const unit = shown.unit || words.sheet.title_unit, year = shown.year || words.sheet.title_year;
  fit();
  $('report-title').textContent = filled(words.sheet.title, { unit, year, title: form.title });
  document.title = shown.unit ? filled(words.sheet.tab, { unit: shown.unit, name: words.frame.name }) : words.frame.title;
  paintCover(shown);
  paintTexts(shown);
  paintNotes(shown);
}

/** @param {HTMLInputElement} input @param {ShownCell} cell @param {number | undefined} rank of its finding @param {boolean} came whether a file came that had other content */
function paintCell(input, cell, rank, came) {
  if (!input) return;
  const box = /** @type {HTMLElement} */ (input.parentNode);
  paintField(input, cell.v);
  const should = cell.should !== undefined && cell.should !== cell.v;
  const looks = ['v', box.classList.contains('total') && 'total', cell.s && `s-${cell.s}`, should && 'has-should', came && cell.was !== undefined && 'changed', cell.printed !== undefined && 'prints'];
  box.className = looks.filter(Boolean).join(' ');
  setOr(input, 'aria-invalid', ['wrong', 'maybe', 'unread'].includes(cell.s ?? '') ? 'true' : '');
  setOr(input, 'aria-describedby', rank === undefined ? '' : `what-${rank}`);
  setOr(input, 'data-finding', cell.f ?? '');
  const { place, help } = input.dataset, was = cell.was === undefined ? '' : filled(words.sheet.was, { value: cell.was || words.sheet.blank });
  input.title = [place, cell.says, was, cell.source, help].filter(Boolean).join('\n');
  addition(box, 'span', 'should', should ? filled(cell.should ? words.sheet.should : words.sheet.should_blank, { value: cell.should }) : '');
  addition(box, 'sup', 'mark', cell.mark ?? '');
  addition(box, 'span', 'printed', cell.printed ?? '');
}

/** Digits that fit into any cell, and pixels: the size of digits, the least of it, and what lies around them. */
const SHORT = 3, DIGITS = { size: 15, least: 9, around: 3 };

/** How wide a bold digit is for each pixel of its size, in the font that this machine has for them: asked once. */
let wide = 0;
/** @param {Element} input */
function measured(input) {
  const drawn = /** @type {CanvasRenderingContext2D} */ (make('canvas', {}).getContext('2d'));
  drawn.font = `bold ${DIGITS.size}px ${getComputedStyle(input).fontFamily}`;
  return Math.max(...Array.from('0123456789', (digit) => drawn.measureText(digit).width)) / DIGITS.size;
}

/** No digit is cut off: where a number is longer than its cell is wide, it is smaller. @param {Iterable<HTMLInputElement>} [inputs] all of them else */
function fit(inputs = document.querySelectorAll('input.cell')) {
  const sizes = [...inputs].map((input) => {
    const { length } = input.value;
    if (length <= SHORT) return /** @type {const} */ ([input, '']);
    wide ||= measured(input);
    const size = Math.max(DIGITS.least, Math.floor((input.clientWidth - DIGITS.around) / (length * wide)));
    return /** @type {const} */ ([input, size < DIGITS.size ? `${size}px` : '']);
  });
  for (const [input, size] of sizes) if (input.style.fontSize !== size) input.style.fontSize = size;
}
new ResizeObserver(() => fit()).observe($('paper'));

/** @param {Element} one @param {string} key @param {string} value "" takes it away */
function setOr(one, key, value) {
  if (value) one.setAttribute(key, value);
  else one.removeAttribute(key);
}

/** A small element in a cell that is there only with a text. @param {Element} box @param {string} tag @param {string} kind @param {string} text */
function addition(box, tag, kind, text) {
  const there = box.querySelector(`.${kind}`);
  if (!text) there?.remove();
  else if (there) there.textContent = text;
  else box.append(make(tag, { class: kind }, text));
}
