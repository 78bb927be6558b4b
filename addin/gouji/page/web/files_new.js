// A blank form to begin with: whose and of which year, in a dialog that stays until the form is there.
'use strict';

/** Keys struck while the form is on its way: they are for its first cell. @type {string[] | null} */
let waitingKeys = null;

function openNew() {
  $('new-year').value ||= String(new Date().getFullYear() - 1);
  hintNew();
  $('new').showModal();
}

/** What is missing, said by the browser at the field. */
function hintNew() {
  const unit = $('new-unit'), year = $('new-year');
  unit.setCustomValidity(unit.value.trim() ? '' : words.desk.unit_hint);
  year.setCustomValidity(year.validity.patternMismatch || !year.value ? words.desk.year_hint : '');
}
$('new-form').addEventListener('input', hintNew);
$('new-cancel').addEventListener('click', () => $('new').close());

$('new-form').addEventListener('submit', async (/** @type {Event} */ event) => {
  event.preventDefault();
  if (waitingKeys) return;
  waitingKeys = [];
  sayNew(words.desk.opening);
  const number = ++counted;
  try {
    merge(await call('blank', number, $('new-unit').value.trim(), Number($('new-year').value)));
    sortFiles();
    await choose(number);
    $('new-unit').value = '';
    $('new').close();
    strike(waitingKeys);
  } catch (error) {
    toast(filled(words.sheet.failed, { why: said(error) }));
  }
  waitingKeys = null;
  sayNew(words.desk.begin);
});

/** @param {string} label of the button */
function sayNew(label) {
  $('new-begin').textContent = label;
  $('new-begin').setAttribute('aria-disabled', String(!!waitingKeys));
}

$('new').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
  if (!waitingKeys || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  waitingKeys.push(event.shiftKey && event.key === 'Tab' ? '' : event.key);
});

/** Does in the first cell what was struck before it was there. @param {string[]} keys */
function strike(keys) {
  let at = 0;
  const cells = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input.cell'));
  cells[0].focus();
  for (const key of keys) {
    if (key === 'Tab' || key === 'Enter') cells[++at]?.focus();
    else if (key.length === 1 && cells[at]) cells[at].setRangeText(key, cells[at].selectionStart ?? 0, cells[at].selectionEnd ?? 0, 'end');
    else if (key === 'Backspace' && cells[at]) cells[at].value = cells[at].value.slice(0, -1);
    if (cells[at]?.value) typedInto(cells[at]);
  }
}
