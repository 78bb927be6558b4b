// The office's folder: files are taken in, read one after the other, summed. What is drawn of it is in the other office_*.js.
'use strict';

/** Every file that was taken in, by the path under which it lies. @type {Map<string, File>} */
const sent = new Map();
/** What was read of each. @type {Map<string, OfficeRead>} */
const readOf = new Map();
/** @type {OfficeGiven | null} */
let officeGiven = null;
/** @type {OfficeResult | null} */
let officeResult = null;
/** Whether files or settings have changed since the result. */
let stale = false;
let begun = false, summing = false;
/** How many drops are being taken in: a second one may come, and end, before the first has ended. */
let taking = 0;
/** Since when a file is read, for how long a run may take: milliseconds a file. */
let pace = 40;

/** Files from outside. @param {Given[]} found */
async function officeTake(found) {
  show('office');
  if (found.length) drawOfficeTaking(0, found.length);
  if (!begun) ({ largest } = await call('office_begin'));
  begun = true;
  const real = found.filter(({ file }) => !LEFT_BESIDE_NAME.test(file.name));
  const packed = found.filter(({ file }) => PACKED.test(file.name));
  if (!found.length) toast(words.office.empty_folder, 12_000);
  const lines = packed.map(({ path }) => filled(words.office.packed, { path }));
  /** @type {Again[]} */
  const again = [];
  taking++;
  for (const [at, one] of real.entries()) {
    drawOfficeTaking(at, real.length);
    try {
      const put = await officePut(one);
      if (put.said) lines.push(put.said);
      if (put.again) again.push(put.again);
    } catch (error) {
      lines.push(filled(words.office.lost, { path: one.path, why: said(error) }));
      if (/** @type {any} */ (error).leftOut) await officeEnded(one);
    }
  }
  taking--;
  if (again.length) toast([...lines, againSaid(again)].join(''), 30_000, { label: words.office.restore, does: () => restoreEarlier(again) });
  else if (lines.length) toast(lines.join(''), 15_000);
  stale = officeResult !== null;
  await lookAgain(await call('office_given'));
}

/** Bytes of the largest file that is read, as Python says it. */
let largest = 0;
/**
 * One file into the folder; of what is too large its name and size alone, so that its unit is known to have sent it.
 * @param {Given} given @returns {Promise<{said: string, again: Again | null}>} what a person should know of it; whether it took the place of its earlier version
 */
async function officePut({ file, path }) {
  const over = file.size > largest;
  const put = await call('office_put', path, over ? new Uint8Array() : await bytesOfFile(file, largest), file.lastModified, over ? file.size : 0);
  const again = put.again ? { path: put.path, earlier: /** @type {File} */ (sent.get(put.path)) } : null;
  if (put.new) sent.set(put.path, file);
  return { said: put.said, again };
}

/** A file that no engine survives is there by its name, so that its unit is known to have sent it. @param {Given} given */
async function officeEnded({ file, path }) {
  const put = await call('office_put', path, new Uint8Array(), file.lastModified, largest + 1);
  sent.set(put.path, file);
  readOf.set(put.path, await call('office_ended', put.path));
}

/** Locks of open files; what else is no report Python says. A run's own record begins with a dot and is wanted. */
const LEFT_BESIDE_NAME = /^(~\$|\.DS_Store|\.~lock)/;

/** Archives: they are listed like any other file; what is in them has to be taken out first. */
const PACKED = /\.(zip|rar|7z|tar|gz)$/i;

/** What was given has changed: it is drawn, and what is not read yet is read. @param {OfficeGiven} now */
async function lookAgain(now) {
  officeGiven = now;
  const known = new Set(now.to_read);
  for (const path of known) readOf.delete(path);
  drawOffice();
  await readAll();
}

let officeReading = false;
/** One file a call, so that the page lives and the bar moves. */
async function readAll() {
  if (officeReading) return;
  officeReading = true;
  const began = performance.now();
  let count = 0;
  for (let path = nextToRead(); path; path = nextToRead()) {
    try {
      readOf.set(path, await call('office_read', path));
    } catch (error) {
      toast(filled(words.office.lost, { path, why: said(error) }), 0);
      readOf.set(path, await call('office_ended', path));
    }
    count++;
    drawOfficeReading();
  }
  officeReading = false;
  if (count) pace = (performance.now() - began) / count;
  if (count) officeGiven = await call('office_given');
  drawOffice();
}

/** @returns {string | undefined} */
const nextToRead = () => officeGiven?.to_read.find((path) => !readOf.has(path));

/** @param {string} role @param {string} path */
async function chooseRole(role, path) {
  stale = officeResult !== null;
  await lookAgain(await call('office_choose', role, path));
}

async function officeRun() {
  if (!officeGiven || summing) return;
  summing = true;
  drawOffice();
  let noName = false;
  const name = $('office-name').value.trim(), year = Number($('office-year').value) || 0;
  try {
    await readAll();
    officeResult = /** @type {OfficeResult} */ (await call('office_run', name, year, localTime(), $('office-invalid').checked ? '1' : ''));
    stale = listShown = false;
    keepFilters(officeResult);
    openPart('units');
  } catch (error) {
    toast(filled(words.office.failed, { why: said(error) }), 12_000);
    stale = officeResult !== null;
    noName = !name && !officeGiven.season;
  }
  summing = false;
  drawOffice();
  if (noName) { askName(); return; }
  if (officeResult) $('office-main').focus({ preventScroll: true });
}

/** The field of the name is marked until something is written there. */
function askName() {
  $('office-name').setAttribute('aria-invalid', 'true');
  $('office-name').focus();
}
$('office-name').addEventListener('input', () => {
  $('office-name').removeAttribute('aria-invalid');
  untoast();
});

/** This moment as the office's clock shows it, in ISO 8601 without a zone. */
function localTime() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/**
 * Opens a file of the office in the other place of the page, at the finding where one is meant.
 * @param {string} path as it was dropped @param {string} [finding] its id
 */
async function openFile(path, finding) {
  const file = sent.get(path);
  if (!file) { toast(filled(words.office.not_here, { path })); return; }
  const there = [...desk.values()].find((held) => held.given?.file === file);
  show('sheet');
  if (there) await choose(there.shown.number);
  else {
    await take([{ file, path }]);
    const held = [...desk.values()].find((one) => one.given?.file === file);
    if (held) await choose(held.shown.number);
  }
  const meant = finding && sheet()?.findings.find((one) => one.id === finding);
  if (meant) toFinding(meant);
}

/** @param {string} which */
async function saveZip(which) {
  if (!officeResult) return;
  const name = filled(which === 'all' ? words.office.zip_all : words.office.zip_slips, officeResult);
  try {
    save(await zipOf(which), name);
    toast(filled(words.saving.saved, { name }));
  } catch (error) {
    toast(said(error));
  }
}

/** A zip, put together out of its pieces. @param {string} which @returns {Promise<Uint8Array>} */
async function zipOf(which) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  let size = 0;
  for (let piece = await call('office_zip', which, 0); piece.length; piece = await call('office_zip', which, size)) {
    pieces.push(piece);
    size += piece.length;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) { whole.set(piece, at); at += piece.length; }
  return whole;
}

/** @param {OfficeOutput} one */
async function saveOutput(one) {
  const name = one.path.split('/').pop() ?? one.path;
  try {
    save(await call('office_output', one.path), name);
    toast(filled(words.saving.saved, { name }));
  } catch (error) {
    toast(said(error));
  }
}

/** What the buttons with data-office do. @type {Record<string, () => void>} */
const OFFICE_DOES = {
  files: () => $('office-pick').click(),
  folder: () => $('office-pick-folder').click(),
  list: () => { listShown = !listShown; drawOffice(); },
  anew: () => officeAnew(),
  all: () => saveZip('all'),
  slips: () => saveZip('slips'),
};
$('place-office').addEventListener('click', (/** @type {Event} */ event) => {
  const name = event.target instanceof Element && event.target.closest('[data-office]')?.getAttribute('data-office');
  if (name && OFFICE_DOES[name]) OFFICE_DOES[name]();
});
for (const id of ['office-pick', 'office-pick-folder']) {
  $(id).addEventListener('change', () => {
    const found = [...$(id).files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    $(id).value = '';
    officeTake(found);
  });
}
$('office-form').addEventListener('submit', (/** @type {Event} */ event) => {
  event.preventDefault();
  officeRun();
});
