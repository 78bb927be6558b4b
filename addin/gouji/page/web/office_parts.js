// The other parts of a result: versions of one unit side by side, whom to remind, the files to take along.
'use strict';

/** @param {OfficeResult} now */
function versionsPanel(now) {
  if (!now.versions.length) return [make('p', { class: 'quiet none' }, words.office.nothing.versions)];
  return [make('p', { class: 'quiet' }, words.office.versions_said), ...now.versions.map((one) => versionsOf(now, one))];
}

/** @param {OfficeResult} now @param {OfficeVersions} one */
function versionsOf(now, one) {
  const head = one.files.map((file) => make('th', { scope: 'col' }, fileLink(now, file.path), make('p', {}, chip(file.label, 'head'), file.newest ? chip(words.office.newest, 'passed') : null),
    file.time ? make('p', { class: 'quiet' }, one.by ? `${one.by} ${file.time}` : file.time) : null, awayVersion(now.files[file.path])));
  const rows = one.differences.map((difference) => make('tr', {}, make('th', { scope: 'row' }, difference.place), ...difference.values.map((value) => make('td', {}, value))));
  return make('section', { class: 'versions' }, make('h2', {}, one.unit),
    make('div', { class: 'scroll' }, make('table', {}, make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, words.office.heads.versions[0]), ...head)), make('tbody', {}, ...rows))));
}

/** @param {string | undefined} path as dropped */
const awayVersion = (path) => path && make('p', {}, sent.has(path) ? awayButton(path) : make('span', { class: 'quiet' }, words.office.is_away));

/** @param {OfficeResult} now */
function remindersPanel(now) {
  if (!now.reminders.length) return [make('p', { class: 'quiet none' }, words.office.nothing.reminders)];
  return [officeTable('reminders', now.reminders, reminderRow)];
}

/** @param {OfficeReminder} one */
function reminderRow(one) {
  const late = one.late ? make('p', { class: 'late' }, filled(words.office.late, { count: one.late })) : null;
  const text = make('p', { class: 'message' }, one.text);
  return make('tr', {}, make('th', { scope: 'row' }, one.unit), make('td', {}, make('p', {}, one.contact), make('p', {}, one.phone)), make('td', {}, make('p', {}, one.due), late),
    make('td', {}, one.label), make('td', {}, one.todo), make('td', { class: 'wide' }, text, make('button', { type: 'button', class: 'copy', onclick: () => copyText(text) }, words.office.copy)));
}

/** A text into the clipboard; where the browser refuses, it is marked, so that Ctrl+C takes it. @param {HTMLElement} text */
async function copyText(text) {
  getSelection()?.selectAllChildren(text);
  try {
    await navigator.clipboard.writeText(text.textContent ?? '');
  } catch {
    document.execCommand('copy');
  }
  toast(words.office.copied);
}

/** @param {OfficeResult} now */
function outputsPanel(now) {
  const slips = now.outputs.filter((one) => one.key === 'slip'), own = now.outputs.filter((one) => one.key !== 'slip');
  const list = slips.length ? make('details', {}, make('summary', {}, filled(words.office.slip_list, { count: slips.length })), officeTable('outputs', slips, outputRow)) : null;
  return [officeTable('outputs', own, outputRow), ...(list ? [list] : [])];
}

/** @param {OfficeOutput} one */
const outputRow = (one) => make('tr', {}, make('th', { scope: 'row' }, one.label), make('td', {}, lastOf(one.path)),
  make('td', { class: 'n' }, filled(words.office.size_kb, { size: Math.ceil(one.size / 1024).toLocaleString() })),
  make('td', {}, make('button', { type: 'button', onclick: () => saveOutput(one) }, words.office.download)));
