// The sections that are texts, each as high as what stands in it, and the notes under their table.
'use strict';

/** @param {string} section @param {string} hint */
function textField(section, hint) {
  const field = make('textarea', { id: `text-${section}`, 'data-call': 'text', 'data-of': section, rows: '1', placeholder: hint, 'aria-label': section });
  field.addEventListener('input', () => mirror(field));
  // The mirror has the height of the text on screen, and is what is printed.
  return make('div', { class: 'grow text' }, field, make('div', { class: 'mirror', 'aria-hidden': 'true' }));
}

/** @param {HTMLTextAreaElement} field */
function mirror(field) {
  const lines = field.value.split('\n').map((line) => make('p', {}, line));
  /** @type {Element} */ (field.nextElementSibling).replaceChildren(...lines);
}

/** @param {Shown} shown */
function paintTexts(shown) {
  for (const field of document.querySelectorAll('#paper textarea[data-call=text]')) {
    const area = /** @type {HTMLTextAreaElement} */ (field), section = area.dataset.of ?? '';
    const text = shown.texts[section] ?? '';
    paintField(area, text);
    mirror(area);
    const finding = shown.findings.find((one) => one.section === section && one.level !== 'hint');
    setOr(area, 'data-finding', finding?.id ?? '');
    setOr(area, 'aria-invalid', finding?.level === 'error' && !finding.left ? 'true' : '');
    area.parentElement?.classList.toggle('empty', !area.value);
  }
}

/** The cell in which someone was last, by its table: a note is for that one. @type {Map<string, HTMLInputElement>} */
const lastCells = new Map();

/** @param {HTMLInputElement} input */
function rememberCell(input) {
  const table = input.closest('table')?.dataset.table ?? '';
  lastCells.set(table, input);
  const button = $(`add-note-${table}`), place = input.dataset.place ?? '';
  if (button) button.textContent = filled(words.notes.add, { place });
  setOr(button, 'aria-disabled', '');
}

/** @param {TableShown} table */
function notesPart(table) {
  const add = make('button', { type: 'button', id: `add-note-${table.key}`, 'aria-disabled': 'true', onclick: () => addNote(table.key) }, words.notes.add_first);
  return make('div', { class: 'notes' }, make('div', { class: 'note-list', 'data-notes': table.key }), add);
}

/** A new note for the cell in which someone was last: Python gives it its mark. @param {string} table */
async function addNote(table) {
  const input = lastCells.get(table), number = current;
  if (!input) return toast(words.notes.add_first);
  const done = sheet()?.cells[input.id].mark || await change('mark', input.id, nextMark());
  if (done && number === current) $(`note-${sheet()?.cells[input.id].mark}`)?.focus();
}

/** The first mark that no cell and no note has. */
function nextMark() {
  const shown = sheet(), taken = new Set([...Object.keys(shown?.notes ?? {}), ...Object.values(shown?.cells ?? {}).map((cell) => cell.mark)]);
  for (let number = 1; ; number++) {
    const name = filled(words.notes.mark, { number });
    if (!taken.has(name)) return name;
  }
}

/** Notes stand under the table whose cells have their mark; those that no cell has, under the first. @param {Shown} shown */
function paintNotes(shown) {
  /** @type {Map<string, HTMLInputElement[]>} */
  const cells = new Map();
  for (const [id, { mark: name }] of Object.entries(shown.cells)) if (name) cells.set(name, [...(cells.get(name) ?? []), $(id)]);
  const notes = new Map(Object.entries(shown.notes)), names = [...new Set([...notes.keys(), ...cells.keys()])];
  const lists = [...document.querySelectorAll('[data-notes]')];
  for (const list of lists) {
    const table = list.getAttribute('data-notes');
    const own = names.filter((name) => {
      const homes = (cells.get(name) ?? []).map((input) => input.closest('table')?.dataset.table);
      return homes.length ? homes.includes(table ?? '') && homes[0] === table : list === lists[0];
    });
    const says = JSON.stringify(own.map((name) => [name, notes.get(name), cells.get(name)?.map((input) => input.id)]));
    if (list.getAttribute('data-says') === says || composes(list)) continue;
    list.setAttribute('data-says', says);
    keepingPlace(() => list.replaceChildren(...own.map((name) => noteRow(name, notes.get(name) ?? '', cells.get(name) ?? []))));
  }
}

/** @param {string} name @param {string} text @param {HTMLInputElement[]} cells */
function noteRow(name, text, cells) {
  const field = make('textarea', { id: `note-${name}`, 'data-call': 'note', 'data-of': name, rows: '1', placeholder: words.notes.text_hint, 'aria-label': filled(words.notes.text, { mark: name }) });
  paintField(field, text);
  field.addEventListener('input', () => mirror(field));
  const off = cells.map((input) => make('button', {
    type: 'button', class: 'link', title: filled(words.notes.off_title, { place: input.dataset.place, mark: name }),
    'aria-label': filled(words.notes.off_title, { place: input.dataset.place, mark: name }), onclick: () => change('mark', input.id, ''),
  }, `${input.dataset.place} ×`));
  const body = make('div', { class: 'grow' }, field, make('div', { class: 'mirror', 'aria-hidden': 'true' }));
  mirror(field);
  return make('div', { class: 'note' }, make('b', {}, filled(words.notes.before, { mark: name })), body, make('span', { class: 'of' }, ...off));
}
