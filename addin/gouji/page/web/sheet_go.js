// Going to a place: a cell, a text, a field of the cover; from one finding to the next; arrows between cells.
'use strict';

/** @param {string} part */
function toPart(part) {
  const one = $(`part-${part}`);
  one?.scrollIntoView({ block: 'start' });
  one?.focus({ preventScroll: true });
}

/** @param {Finding} finding */
function toFinding(finding) {
  if (finding.cells[0] && $(finding.cells[0])) return toField(finding.cells[0]);
  if (finding.section && $(`text-${finding.section}`)) return toField(`text-${finding.section}`);
  if (finding.declared !== null) return toField(`declared-${finding.declared}`);
  if (finding.field && $(`cover-${finding.field}`)) return toField(`cover-${finding.field}`);
  // Nothing of the form is meant: the finding itself is what to read.
  const card = cardOf(finding.id);
  card?.scrollIntoView({ block: 'nearest' });
  card?.focus({ preventScroll: true });
  mark(finding.id);
}

/** A field comes to the middle of the paper, focused and marked for a moment. @param {string} id */
function toField(id) {
  const field = $(id);
  if (!field) return;
  field.scrollIntoView({ block: 'center' });
  field.focus({ preventScroll: true });
  if (field.matches('.cell')) field.select();
  const around = field.closest('td, .grow, label') ?? field;
  around.classList.remove('look');
  void around.offsetWidth; // so that the mark begins anew
  around.classList.add('look');
}

/** The finding that is looked at: of the field in which someone is, or the card itself. */
let looked = '';

/** @param {string} id of a finding, "" for none */
function mark(id) {
  looked = id;
  for (const card of document.querySelectorAll('.finding')) card.classList.toggle('on', card.getAttribute('data-id') === id && !!id);
}

/** @param {number} step 1 or -1 */
function toNext(step) {
  const shown = sheet(), list = shown ? inOrder(shown) : [];
  if (!list.length) return;
  const at = list.findIndex((finding) => finding.id === looked);
  const next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : (at + step + list.length) % list.length];
  toFinding(next);
  mark(next.id);
  cardOf(next.id)?.scrollIntoView({ block: 'nearest' });
}

/**
 * The cell of the same table that lies next in a direction.
 * @param {HTMLInputElement} input @param {number} down @param {number} right @returns {HTMLInputElement | undefined}
 */
function beside(input, down, right) {
  const row = Number(input.dataset.r), column = Number(input.dataset.c);
  /** @type {HTMLInputElement[]} */
  const all = [...(input.closest('table')?.querySelectorAll('input.cell') ?? [])].map((one) => /** @type {HTMLInputElement} */ (one));
  const away = (/** @type {HTMLInputElement} */ one) => {
    const y = Number(one.dataset.r) - row, x = Number(one.dataset.c) - column;
    return down ? (y * down > 0 ? Math.abs(y) + 100 * Math.abs(x) : Infinity) : y === 0 && x * right > 0 ? Math.abs(x) : Infinity;
  };
  const next = all.reduce((best, one) => (away(one) < away(best) ? one : best), input);
  return next === input || away(next) === Infinity ? undefined : next;
}

// The sticky head of a table goes with its last rows: nothing of it stands above what comes next.
$('paper').addEventListener('scroll', () => {
  const top = $('paper').getBoundingClientRect().top;
  for (const head of document.querySelectorAll('table.table3 thead')) {
    const table = /** @type {Element} */ (head.parentElement), row = table.querySelector('tbody tr');
    const needed = head.getBoundingClientRect().height + (row?.getBoundingClientRect().height ?? 0);
    table.classList.toggle('passed', table.getBoundingClientRect().bottom - top < needed);
  }
}, { passive: true });

document.addEventListener('keydown', (event) => {
  if (!event.altKey || event.ctrlKey || !['ArrowDown', 'ArrowUp'].includes(event.key) || !atSheet()) return;
  event.preventDefault();
  toNext(event.key === 'ArrowDown' ? 1 : -1);
});
