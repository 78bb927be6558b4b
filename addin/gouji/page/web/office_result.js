// What came of a run: how it stands, the bar of states, and the parts behind their tabs.
'use strict';

/** @type {OfficePart} */
let officePart = 'units';
/** What is looked for, kept while the parts are drawn anew. */
const NO_FILTERS = { state: '', level: '', unit: '', rule: '', text: '', open: false };
const officeFilters = { ...NO_FILTERS };
/** Rows of a table that are drawn at once. */
const FIRST = 200;

/** @param {OfficeResult} now */
function drawResult(now) {
  for (const [colour, value] of Object.entries(now.colours)) $('place-office').style.setProperty(`--look-${colour}`, value);
  $('office-what').textContent = filled(words.office.what, now);
  const [sum, ...lines] = now.said;
  $('office-said').replaceChildren(make('p', { class: 'headline' }, sum), ...lines.map((line, at) => make('p', { class: at ? 'quiet' : 'verdict' }, line)),
    officeGiven?.season ? make('p', { id: 'office-unpack', class: 'quiet' }, filled(words.office.unpack, officeGiven)) : '');
  $('office-slips').hidden = !now.outputs.some((one) => one.key === 'slip');
  drawStates(now);
  drawParts(now);
  drawPanel(now);
}

/** The units by their states, as wide as there are many. @param {OfficeResult} now */
function drawStates(now) {
  const one = (/** @type {OfficeState} */ state) => {
    const chosen = officeFilters.state === state.state;
    const button = make('button', { type: 'button', class: `state look-${state.colour}`, 'aria-pressed': String(chosen), id: `state-${state.state}`, onclick: () => {
      officeFilters.state = chosen ? '' : state.state;
      openPart('units');
      drawOffice();
    } }, make('b', {}, state.count), make('span', {}, state.label));
    button.style.flexGrow = String(state.count);
    return button;
  };
  keepingPlace(() => $('office-bar').replaceChildren(...now.states.map(one)));
}

/** @param {OfficeResult} now @returns {Record<OfficePart, number>} */
const officeCounts = (now) => ({
  units: now.units.filter((one) => one.state !== 'aside').length, problems: now.problems.length, versions: now.versions.length,
  reminders: now.reminders.length, outputs: now.outputs.length,
});

/** @param {OfficeResult} now */
function drawParts(now) {
  const tabs = Object.entries(officeCounts(now)).map(([key, count]) => make('button', {
    type: 'button', role: 'tab', id: `tab-${key}`, 'aria-selected': String(key === officePart), 'aria-controls': 'office-panel', tabindex: key === officePart ? '0' : '-1',
    onclick: () => { openPart(/** @type {OfficePart} */ (key)); drawOffice(); },
  }, words.office.parts[key], make('small', {}, count)));
  keepingPlace(() => $('office-tabs').replaceChildren(...tabs));
}
$('office-tabs').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], tabs = [...$('office-tabs').children];
  if (!step) return;
  event.preventDefault();
  const next = /** @type {HTMLElement} */ (tabs[(tabs.findIndex((tab) => tab.id === `tab-${officePart}`) + step + tabs.length) % tabs.length]);
  next.click();
  $(next.id).focus();
});

/** @param {OfficePart} key */
function openPart(key) {
  officePart = key;
}

/** @param {OfficeResult} now */
function drawPanel(now) {
  const drawn = { units: unitsPanel, problems: problemsPanel, versions: versionsPanel, reminders: remindersPanel, outputs: outputsPanel }[officePart](now);
  $('office-panel').setAttribute('aria-labelledby', `tab-${officePart}`);
  keepingPlace(() => $('office-panel').replaceChildren(...drawn));
}

/**
 * A table of rows, of which the first are drawn at once.
 * @template T
 * @param {string} key of its heads @param {T[]} rows @param {(row: T) => any} row
 */
function officeTable(key, rows, row) {
  if (!rows.length) return make('p', { class: 'quiet none' }, words.office.no_match);
  const body = make('tbody', {}, ...rows.slice(0, FIRST).map(row));
  const rest = rows.length - FIRST;
  const more = rest > 0 && make('button', { type: 'button', onclick: (/** @type {any} */ event) => {
    body.append(...rows.slice(FIRST).map(row));
    event.target.remove();
  } }, filled(words.office.more, { count: rest }));
  const heads = words.office.heads[key].map((/** @type {string} */ head) => make('th', { scope: 'col' }, head));
  return make('div', { class: 'scroll' }, make('table', { class: key }, make('thead', {}, make('tr', {}, ...heads)), body), more || null);
}

/** A link to a file, where it is here. @param {OfficeResult} now @param {string} path in the run @param {string} [finding] @param {string} [text] */
function fileLink(now, path, finding, text) {
  const dropped = now.files[path];
  if (!dropped) return make('span', {}, text ?? path);
  return make('button', { type: 'button', class: 'link', title: filled(words.office.open, { path }), onclick: () => openFile(dropped, finding) }, text ?? path);
}

/** @param {string} text @param {string} colour */
const chip = (text, colour) => make('span', { class: `chip look-${colour}` }, text);

/** A field to search in. */
function searchField() {
  return make('input', { type: 'search', id: 'office-search', placeholder: words.office.search, 'aria-label': words.office.search, value: officeFilters.text, oninput: (/** @type {any} */ event) => {
    officeFilters.text = event.target.value;
    if (officeResult) drawPanel(officeResult);
  } });
}

/** @param {...(string | undefined)} texts */
const officeMatches = (...texts) => {
  const wanted = officeFilters.text.trim().toLowerCase();
  return !wanted || texts.some((text) => text?.toLowerCase().includes(wanted));
};

/** @param {OfficeResult} now */
function unitsPanel(now) {
  const rows = now.units.filter((one) => (!officeFilters.state || one.state === officeFilters.state)
    && officeMatches(one.unit, one.kind, one.label, one.reason, ...one.files.map((file) => file.path)));
  const all = make('button', { type: 'button', 'aria-pressed': String(!officeFilters.state), onclick: () => { officeFilters.state = ''; drawOffice(); } }, words.office.everything);
  return [make('div', { class: 'tools' }, all, searchField()), officeTable('units', rows, (one) => unitRow(now, one))];
}

/** @param {OfficeResult} now @param {OfficeUnit} one */
function unitRow(now, one) {
  const sum = (/** @type {Level} */ level) => one.files.some((file) => file.counts) ? one.files.reduce((all, file) => all + (file.counts?.[level] ?? 0), 0) : '';
  const several = one.files.length > 1;
  const files = one.files.map((file) => make('p', {}, fileLink(now, file.path), several ? chip(file.label, file.colour) : null));
  return make('tr', {}, make('th', { scope: 'row' }, one.unit || one.files.map((file) => file.path).join()), make('td', {}, one.kind), make('td', {}, chip(one.label, one.colour)), make('td', { class: 'wide' }, one.reason),
    make('td', {}, ...files), ...(/** @type {Level[]} */ (['error', 'warning', 'hint'])).map((level) => make('td', { class: `n ${sum(level) ? level : ''}` }, sum(level))));
}

/** @param {OfficeResult} now */
function problemsPanel(now) {
  const fits = (/** @type {OfficeProblem} */ one, /** @type {string} */ but = '') => (but === 'level' || !officeFilters.level || one.level === officeFilters.level)
    && (!officeFilters.unit || one.unit === officeFilters.unit) && (!officeFilters.rule || one.rule === officeFilters.rule) && (!officeFilters.open || one.open)
    && officeMatches(one.unit, one.file, one.place, one.message, one.title);
  const levels = /** @type {Level[]} */ (['error', 'warning', 'hint']).flatMap((level) => now.problems.find((one) => one.level === level) ?? []).map(({ level, label }) => [level, label]).map(([level, label]) => {
    const chosen = officeFilters.level === level;
    return make('button', { type: 'button', class: `level ${level}`, id: `level-${level}`, 'aria-pressed': String(chosen), onclick: () => { officeFilters.level = chosen ? '' : level; drawPanel(now); } },
      label, make('small', {}, now.problems.filter((one) => one.level === level && fits(one, 'level')).length));
  });
  const open = make('label', { class: 'tick' }, make('input', { type: 'checkbox', id: 'only-open', checked: officeFilters.open, onchange: (/** @type {any} */ event) => { officeFilters.open = event.target.checked; drawPanel(now); } }), words.office.only_open);
  const tools = make('div', { class: 'tools' }, ...levels, officePick('unit', words.office.all_units, now.problems.filter((one) => one.unit).map((one) => [one.unit, one.unit])),
    officePick('rule', words.office.all_rules, now.problems.map((one) => [one.rule, one.title])), open, searchField());
  return [tools, officeTable('problems', now.problems.filter((one) => fits(one)), (one) => problemRow(now, one))];
}

/** @param {'unit' | 'rule'} key @param {string} all @param {string[][]} of value and text */
function officePick(key, all, of) {
  const options = [['', all], ...new Map(/** @type {[string, string][]} */ (of))];
  return make('select', { id: `pick-${key}`, 'aria-label': all, onchange: (/** @type {any} */ event) => { officeFilters[key] = event.target.value; if (officeResult) drawPanel(officeResult); } },
    ...options.map(([value, text]) => make('option', { value, selected: value === officeFilters[key] }, text)));
}

/** @param {OfficeResult} now @param {OfficeProblem} one */
function problemRow(now, one) {
  const place = one.file ? [fileLink(now, one.file, one.id, one.place || lastOf(one.file))] : one.place ? [one.place] : filesOfUnit(now, one.unit);
  const what = [make('p', { class: 'what' }, one.message), ...one.folded.map((line) => make('p', { class: 'quiet' }, line)), make('p', { class: 'quiet' }, one.remedy),
    one.text ? make('p', { class: 'said' }, one.text) : null];
  return make('tr', {}, make('td', {}, make('span', { class: `level ${one.level}` }, one.label)), make('th', { scope: 'row' }, one.unit || one.file), make('td', {}, ...place), make('td', { class: 'wide' }, ...what), make('td', {}, one.state));
}

/** Where to look for what the city finds in one unit. @param {OfficeResult} now @param {string} unit */
const filesOfUnit = (now, unit) => now.units.filter((one) => one.unit === unit).flatMap((one) => one.files.map((file) => make('p', {}, fileLink(now, file.path, undefined, lastOf(file.path)))));
