// Above the form: whose it is, the verdict, what is left to do, where to go, what was changed, what to take away.
'use strict';

/** @param {Held} held */
function drawBar(held) {
  const { shown } = held;
  $('unit').textContent = shown.unit || lastOf(shown.path);
  $('unit').title = shown.path;
  $('about').textContent = shown.readable ? aboutOf(shown) : lastOf(shown.path);
  $('about').title = $('about').textContent;
  const looks = `v-${shown.calm ? 'calm' : shown.state}`;
  const inner = [make('b', {}, shown.label), shown.todo ? make('small', {}, shown.todo) : null];
  if ($('verdict').dataset.says !== shown.label + shown.todo) {
    $('verdict').replaceChildren(...inner.filter((one) => one !== null));
    $('verdict').dataset.says = shown.label + shown.todo;
  }
  $('verdict').className = looks;
  $('verdict').hidden = shown.state === 'waiting';
  drawActs(shown);
  drawEdits(held);
}

/** Edition and last year's report stand on the cover. @param {Shown} shown */
const aboutOf = (shown) => [shown.year ? filled(words.sheet.year, shown) : '', lastOf(shown.path)].filter(Boolean).join(words.sheet.gap);

/** A path's last part. @param {string} path */
const lastOf = (path) => path.split('/').pop() ?? path;

/** The parts to go to, each with its count of errors. @param {Shown} shown @param {FormShown} form */
function drawTabs(shown, form) {
  const counts = errorsByPart(shown, form);
  const tabs = [{ part: 'cover', label: words.sheet.cover, title: words.sheet.cover },
    { part: form.preface, label: form.preface, title: form.preface },
    ...form.sections.map(({ number, title, table }) => ({ part: number, label: table ? filled(words.sheet.table_tab, { number }) : number, title }))];
  const made = tabs.map(({ part, label, title }) => {
    const count = counts.get(part);
    const spoken = count ? filled(words.sheet.tab_errors, { title, count }) : title;
    return make('button', { type: 'button', id: `tab-${part}`, title: spoken, onclick: () => toPart(part) },
      label, count ? make('b', {}, count) : null);
  });
  keepingPlace(() => $('parts').replaceChildren(...made));
}

/** @param {Shown} shown @param {FormShown} form @returns {Map<string, number>} */
function errorsByPart(shown, form) {
  const counts = new Map();
  for (const finding of shown.findings) {
    if (finding.level !== 'error' || finding.left) continue;
    const part = partOf(finding, form);
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return counts;
}

/** The part of the form in which a finding stands. @param {Finding} finding @param {FormShown} form */
function partOf(finding, form) {
  if (finding.section) return finding.section;
  const table = finding.cells[0] && $(finding.cells[0])?.closest('table')?.dataset.table;
  return form.sections.find((s) => table && s.table?.key === table)?.number ?? 'cover';
}

/** What was changed, with the way back; the draft. @param {Held} held */
function drawEdits(held) {
  const { shown } = held;
  const step = (/** @type {string} */ name, /** @type {number} */ count) => make('button', {
    type: 'button', id: `do-${name}`, title: words.sheet[`${name}_title`], disabled: !count, onclick: () => change(name),
  }, words.sheet[name]);
  const changed = shown.changed?.said ?? '';
  const inner = !shown.readable ? [] : [make('span', { class: 'changed-said' }, changed), step('undo', shown.undo), step('redo', shown.redo),
    changed ? step('reverted', 1) : null, draftChoice()];
  keepingPlace(() => $('edits').replaceChildren(...inner.filter((one) => one !== null)));
}
