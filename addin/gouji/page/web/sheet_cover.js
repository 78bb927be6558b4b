// The cover: whose report it is, of which year; the declaration that blanks are 0; last year's report.
'use strict';

/** @param {Shown} shown @param {FormShown} form */
function coverPart(shown, form) {
  const fields = Object.entries(form.fields).map(([key, { label, hint }]) => make('label', { class: `f-${key}` }, make('span', {}, label), coverField(key, hint)));
  const edition = make('p', { class: 'f-edition' }, make('span', {}, words.cover.edition),
    make('b', {}, filled(words.cover.edition_value, shown)));
  return make('section', { id: 'part-cover', class: 'cover', 'aria-label': words.cover.title, tabindex: '-1' },
    make('div', { class: 'fields' }, ...fields, edition), allDeclared(), make('p', { id: 'prior' }));
}

/** @param {string} key @param {string} hint */
const coverField = (key, hint) => make('input', {
  id: `cover-${key}`, 'data-call': 'cover', 'data-of': key, autocomplete: 'off', spellcheck: 'false',
  placeholder: hint, title: hint, inputmode: key === 'year' ? 'numeric' : undefined,
});

/** A choice that blanks are 0, for all tables or one, and the offer to put the 0 there once it is made. @param {string} table "" for all @param {string} label @param {string} hint */
function declares(table, label, hint) {
  const box = make('input', { type: 'checkbox', id: `declared-${table}`, 'data-declares': table });
  box.addEventListener('change', () => change('declared', table, box.checked ? '1' : ''));
  const fill = make('button', { type: 'button', id: `zeroed-${table}`, hidden: true, title: words.cover.zeroed_title, onclick: () => change('zeroed', table) }, words.cover.zeroed);
  return make('p', { class: 'declares' }, make('label', {}, box, label), fill, make('small', {}, hint));
}

const allDeclared = () => declares('', words.cover.declared, words.cover.declared_hint);

/** @param {TableShown} table */
const declaration = (table) => declares(table.key, words.cover.declared_table, words.cover.declared_table_hint);

/** @param {Shown} shown */
function paintCover(shown) {
  for (const [key, text] of Object.entries(shown.cover)) {
    const field = $(`cover-${key}`);
    if (!field) continue;
    paintField(field, text);
    const finding = shown.findings.find((one) => one.field === key && one.level !== 'hint');
    setOr(field, 'data-finding', finding?.id ?? '');
    setOr(field, 'aria-invalid', finding?.level === 'error' && !finding.left ? 'true' : '');
  }
  for (const box of document.querySelectorAll('[data-declares]')) {
    const table = box.getAttribute('data-declares') ?? '', all = isAllDeclared(shown);
    const on = table ? shown.declared.includes(table) : all;
    // While a step is on its way what is ticked stays: its answer is still to come.
    if (!underway.has(shown.number)) /** @type {HTMLInputElement} */ (box).checked = on;
    $(`zeroed-${table}`).hidden = !on;
  }
  paintPrior(shown);
}

/** @param {Shown} shown */
const isAllDeclared = (shown) => [...document.querySelectorAll('[data-declares]')]
  .every((box) => !box.getAttribute('data-declares') || shown.declared.includes(box.getAttribute('data-declares') ?? ''));

/** Last year's report: which one it is, or what it would be for. @param {Shown} shown */
function paintPrior(shown) {
  const given = shown.prior;
  const button = (/** @type {string} */ id, /** @type {string} */ label, /** @type {() => void} */ onclick) => make('button', { type: 'button', id, onclick }, label);
  const inner = [make('span', {}, words.last_year.title), make('b', {}, given ? given.said : words.last_year.none),
    given?.source === 'desk' ? null : button('prior-choose', given ? words.last_year.change : words.last_year.choose, () => $('pick-prior').click()),
    given?.source === 'given' ? button('prior-remove', words.last_year.remove, () => change('prior', '', new Uint8Array())) : null];
  keepingPlace(() => $('prior').replaceChildren(...inner.filter((one) => one !== null)));
}

$('pick-prior').addEventListener('change', async () => {
  const file = $('pick-prior').files[0], number = current;
  $('pick-prior').value = '';
  if (!file) return;
  try {
    const bytes = await bytesOfFile(file);
    sendTyped();
    await changeOf(number, call('prior', number, file.name, bytes));
  } catch (error) {
    toast(said(error));
  }
});
