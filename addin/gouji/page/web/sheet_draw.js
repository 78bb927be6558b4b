// The form as it is printed: cover, texts, and each table as a grid with merges as spans and typed cells as inputs.
'use strict';

/** @param {Shown} shown @param {FormShown} form */
function leaf(shown, form) {
  const parts = form.sections.map((section) => {
    const head = make('h3', { id: `head-${section.number}` }, section.title);
    const inner = section.table ? tablePart(section, section.table) : [textField(section.number, section.hint || words.texts.empty)];
    return make('section', { id: `part-${section.number}`, 'aria-labelledby': head.id, tabindex: '-1' }, head, ...inner);
  });
  return make('div', { class: 'leaf' }, coverPart(shown, form), make('h2', { id: 'report-title' }),
    make('section', { id: `part-${form.preface}`, class: 'preface', 'aria-label': form.preface, tabindex: '-1' },
      textField(form.preface, filled(words.texts.preface_hint, { title: form.sections[0].title }))), ...parts);
}

/** @param {SectionShown} section @param {TableShown} table */
const tablePart = (section, table) => [grid(table, section.title), declaration(table), notesPart(table)];

/** @param {TableShown} table @param {string} title */
function grid(table, title) {
  const whole = table.widths.reduce((sum, width) => sum + width, 0);
  const columns = table.widths.map((width) => make('col', { width: `${((100 * width) / whole).toFixed(3)}%` }));
  const rows = Array.from({ length: table.rows }, () => make('tr'));
  for (const box of [...table.boxes].sort((a, b) => a.r - b.r || a.c - b.c)) rows[box.r].append(boxOf(box, table));
  const head = table.head_rows ? make('thead', {}, ...rows.splice(0, table.head_rows)) : null;
  return make('table', { class: `form ${table.key}`, 'aria-label': title, 'data-table': table.key },
    make('colgroup', {}, ...columns), head, make('tbody', {}, ...rows));
}

/** @param {BoxShown} box @param {TableShown} table */
function boxOf(box, table) {
  const span = { rowspan: box.h > 1 ? box.h : undefined, colspan: box.w > 1 ? box.w : undefined };
  if (box.cell) return make('td', { ...span, class: box.total ? 'v total' : 'v' }, cellInput(box));
  const lines = box.text.split('\n').flatMap((line, i) => (i ? [make('br'), line] : [line]));
  const kind = `${box.role} ${box.left ? 'left' : ''}`;
  return make(box.text ? 'th' : 'td', { ...span, scope: box.text ? scopeOf(box, table) : undefined, class: kind }, ...lines);
}

/** Which way a head speaks, for those who hear the table. @param {BoxShown} box @param {TableShown} table */
function scopeOf(box, table) {
  if (box.role === 'label') return box.h > 1 ? 'rowgroup' : 'row';
  if (box.role === 'title') return 'rowgroup';
  return box.w > 1 && table.head_rows ? 'colgroup' : 'col';
}

/** @param {BoxShown} box */
function cellInput(box) {
  return make('input', {
    id: box.cell, class: 'cell', 'aria-label': box.name, autocomplete: 'off', spellcheck: 'false',
    inputmode: box.money ? 'decimal' : 'numeric', 'data-r': box.r, 'data-c': box.c, 'data-place': box.place, 'data-help': box.help,
  });
}
