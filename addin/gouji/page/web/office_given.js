// What was given to the office: files, roles, name and year, what is missing, and the list that grows while reading.
'use strict';

function drawOffice() {
  const some = !!officeGiven && officeGiven.files > 0;
  $('office-empty').hidden = some;
  $('office').hidden = !some;
  if (!some || !officeGiven || isPressed()) return;
  drawRoles(officeGiven);
  drawNamed(officeGiven);
  drawOfficeReading();
  $('office-busy').hidden = !summing;
  const list = !officeResult || listShown;
  $('office-list').hidden = summing || !list;
  $('office-result').hidden = summing || list;
  $('office-to-list').hidden = !officeResult;
  $('office-to-list').textContent = listShown ? words.office.to_result : words.office.to_list;
  drawEdited();
  $('office-doing').textContent = filled(words.office.doing, { count: readOf.size, seconds: Math.ceil((readOf.size * pace) / 1000) + 2 });
  if (officeResult && !summing) drawResult(officeResult);
}

/** @param {number} at @param {number} all */
function drawOfficeTaking(at, all) {
  $('office-empty').hidden = true;
  $('office').hidden = false;
  $('office-run').disabled = true;
  officeBar(at, all);
}

/** @param {number} done @param {number} all */
function officeBar(done, all) {
  const busy = done < all;
  $('office-progress').hidden = !busy;
  $('office-progress').max = Math.max(1, all);
  $('office-progress').value = done;
  $('office-tally').textContent = busy ? filled(words.office.reading, { done, all }) : readSaid();
}

/** How many reports were read, and how many could not be. */
function readSaid() {
  const count = [...readOf.values()].filter(isRead).length, unread = [...readOf.values()].filter((one) => one.state === 'unreadable').length;
  return filled(unread ? words.office.ready_some : words.office.ready, { count, unread });
}

/** @param {OfficeRead | undefined} one */
const isRead = (one) => !!one && one.state !== 'aside' && one.state !== 'unreadable';

function drawOfficeReading() {
  if (!officeGiven || taking) return;
  const done = officeGiven.to_read.filter((path) => readOf.has(path)).length;
  officeBar(done, officeGiven.to_read.length);
  $('office-title').textContent = filled(words.office.title, { folder: officeGiven.folder, count: officeGiven.files });
  $('office-missing').textContent = officeGiven.missing || (stale ? words.office.changed : '');
  $('office-missing').classList.toggle('wrong', !!officeGiven.missing);
  $('office-run').disabled = !!officeGiven.missing || summing || done < officeGiven.to_read.length;
  $('office-run').textContent = officeResult ? words.office.run_again : words.office.run;
  const rows = readInOrder(done === officeGiven.to_read.length).map(readRow);
  if ((!officeResult || listShown) && !summing && !isPressed()) keepingPlace(() => $('office-files').replaceChildren(...rows));
}

/** Gravest first once all are read, as they came until then: no line moves while others come. @param {boolean} all */
function readInOrder(all) {
  const read = [...readOf.values()], rank = (/** @type {OfficeRead} */ one) => OFFICE_GRAVE.indexOf(shownAs(one));
  return all ? read.sort((a, b) => rank(a) - rank(b)) : read;
}
/** What is no report comes last. */
const OFFICE_GRAVE = [...GRAVE, 'aside'];

/** Whether only hints were found is not told apart. @param {OfficeRead} one */
const shownAs = ({ state }) => (state === 'hint' ? 'clean' : state);

/** @param {OfficeRead} one */
function readRow(one) {
  const kind = shownAs(one);
  const name = one.unit || lastOf(one.path), about = [one.year ? filled(words.office.of_year, one) : '', one.unit ? lastOf(one.path) : ''].filter(Boolean).join(' ');
  return make('li', {}, make('i', { class: `dot ${kind}`, 'aria-hidden': 'true' }),
    make('button', { type: 'button', class: 'link', title: one.path, onclick: () => openFile(one.path) }, name, about ? make('small', {}, about) : null),
    make('em', { class: kind }, words.office.states[one.state]), awayButton(one.path));
}

/** Takes one file away again. @param {string} path as dropped */
const awayButton = (path) => make('button', { type: 'button', class: 'link away', 'aria-label': filled(words.office.away_one, { path }), onclick: () => officeAway(path) }, words.office.away);

/** Files of the folder that were changed in the other place of the page since: the sum is of them as they were dropped. */
function drawEdited() {
  const rows = editedHere().map(({ path, held }) => make('p', {}, filled(words.office.edited, { path }),
    make('button', { type: 'button', onclick: () => takeEdited(path, held) }, words.office.use_edited)));
  $('office-edited').hidden = !rows.length;
  keepingPlace(() => $('office-edited').replaceChildren(...rows));
}

/** A line for each role that something may serve for. @param {OfficeGiven} now */
function drawRoles(now) {
  const roles = /** @type {OfficeRole[]} */ (Object.keys(words.office.roles).filter((role) => role !== 'desk' && now.choices[/** @type {OfficeRole} */ (role)].length));
  const plain = roles.filter((role) => role === 'roster' || now.seen[role] || now.used[role]), rest = roles.filter((role) => !plain.includes(role));
  const open = $('office-more')?.open ?? false;
  const more = rest.length ? make('details', { id: 'office-more', open }, make('summary', {}, words.office.roles_more), ...rest.map((role) => roleRow(now, role))) : '';
  const rows = now.season ? [seasonRow(now.season)] : [...plain.map((role) => roleRow(now, role)), more];
  $('office-roles').parentElement.hidden = !now.season && !roles.length;
  keepingPlace(() => $('office-roles').replaceChildren(...rows));
}

/** @param {string} path */
const seasonRow = (path) => make('p', { class: 'role' }, make('span', {}, words.office.roles.desk), make('b', { title: path }, lastOf(path)), make('small', {}, words.office.by_season));

/** @param {OfficeGiven} now @param {OfficeRole} role */
function roleRow(now, role) {
  const used = now.used[role] ?? '';
  // What was read as a unit's report is no roster.
  const choices = now.choices[role].filter((path) => path === used || role !== 'roster' || !isRead(readOf.get(path)));
  const options = [['', words.office.none], ...choices.map((path) => [path, path])];
  const select = make('select', { id: `role-${role}`, onchange: (/** @type {any} */ event) => chooseRole(role, event.target.value) },
    ...options.map(([path, text]) => make('option', { value: path, selected: path === used }, text)));
  return make('p', { class: 'role' }, make('label', { for: `role-${role}` }, words.office.roles[role]), select);
}

/** Name and year as they are proposed, as long as nobody has written others. @param {OfficeGiven} now */
function drawNamed(now) {
  $('office-named').hidden = !!now.season;
  for (const [id, value] of [['office-name', now.name], ['office-year', now.year ? String(now.year) : '']]) {
    const field = $(id);
    if (!field.value || field.value === field.dataset.proposed) field.value = value;
    field.dataset.proposed = value;
  }
}
