// What changes in the office's folder after files were taken in: one is taken away, one was corrected on the page, all go.
'use strict';

/** Whether the list of files is shown in place of the result. */
let listShown = false;
/** Files that stand in the folder as they were corrected -> how many steps had been done by then. @type {Map<File, number>} */
const standsEdited = new Map();

/** Takes one file away. @param {string} path as dropped */
async function officeAway(path) {
  sent.delete(path);
  readOf.delete(path);
  stale = officeResult !== null;
  const now = await call('office_remove', path);
  if (!sent.size) clearOffice();
  await lookAgain(now);
}

/** @typedef {{path: string, earlier: File}} Again a file that took the place of its earlier version */

/** @param {Again[]} again */
function againSaid(again) {
  const names = again.slice(0, NAMED).map(({ path }) => filled(words.desk.named, { name: lastOf(path) })).join(words.sheet.and);
  return filled(again.length > NAMED ? words.office.again_more : words.office.again, { names, count: again.length });
}

/** The earlier versions again: their bytes are Python's, for on disk they are no more. @param {Again[]} again */
async function restoreEarlier(again) {
  const lines = [];
  let count = 0;
  for (const { path, earlier: { name, lastModified } } of again) {
    try {
      const bytes = await call('office_restored', path);
      sent.set(path, new File([bytes], name, { lastModified }));
      readOf.delete(path);
      count++;
    } catch (error) {
      lines.push(said(error));
    }
  }
  if (count) lines.unshift(filled(words.office.restored, { count }));
  toast(lines.join(''), 12_000);
  stale = officeResult !== null;
  await lookAgain(await call('office_given'));
}

/** What is shown of a folder that is no more. */
function clearOffice() {
  readOf.clear();
  officeResult = null;
  stale = listShown = false;
  Object.assign(officeFilters, NO_FILTERS);
  $('office-name').value = $('office-year').value = '';
}

/** Takes all away. */
async function officeAnew() {
  if (!confirm(words.office.anew_asks)) return;
  await call('office_begin');
  sent.clear();
  standsEdited.clear();
  officeGiven = null;
  clearOffice();
  drawOffice();
}

/** Filters by what the new result does not have would hide all of it. @param {OfficeResult} now */
function keepFilters(now) {
  const { state, unit, rule, level } = officeFilters;
  if (!now.states.some((one) => one.state === state)) officeFilters.state = '';
  if (!now.problems.some((one) => one.unit === unit)) officeFilters.unit = '';
  if (!now.problems.some((one) => one.rule === rule)) officeFilters.rule = '';
  if (!now.problems.some((one) => one.level === level)) officeFilters.level = '';
}

/** @returns {{path: string, held: Held}[]} */
const editedHere = () => [...sent].flatMap(([path, file]) => {
  const held = [...desk.values()].find((one) => one.given?.file === file);
  return held && held.shown.readable && held.shown.undo !== (standsEdited.get(file) ?? 0) ? [{ path, held }] : [];
});

/** The workbook as it was corrected, in the place of the file that was dropped. @param {string} path as dropped @param {Held} held */
async function takeEdited(path, held) {
  const { number, undo } = held.shown, file = held.given?.file;
  if (!file) return;
  try {
    const bytes = await call('workbook', number), { workbook } = await call('names', number);
    await call('office_remove', path);
    const put = await call('office_put', path.slice(0, path.lastIndexOf('/') + 1) + workbook, bytes, Date.now(), 0);
    sent.delete(path);
    readOf.delete(path);
    sent.set(put.path, file);
    standsEdited.set(file, undo);
    stale = officeResult !== null;
    toast(filled(words.office.edited_used, { path, name: put.path }), 12_000);
  } catch (error) {
    toast(said(error), 12_000);
  }
  await lookAgain(await call('office_given'));
}

// What was corrected meanwhile is offered when a person comes back.
new MutationObserver(() => { if (document.body.dataset.place === 'office' && officeGiven) drawOffice(); }).observe(document.body, { attributeFilter: ['data-place'] });
