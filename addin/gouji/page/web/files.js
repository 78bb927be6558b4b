// The files on the desk: taking them in, their list with what became of each, worst first as they came.
'use strict';

/** Kinds that are read; what Python then finds in them is its own matter. */
const READ = /\.(xlsx|xlsm|json|html?|docx|txt|md)$/i;

/** What office programs and systems leave beside files. */
const LEFT_BESIDE = /^(~\$|\.)/;

/** Gravest first, as they stand in the list. @type {State[]} */
const GRAVE = ['unreadable', 'error', 'warning', 'hint', 'clean', 'waiting'];

let counted = 0, toRead = 0, haveRead = 0;

/** @param {Given[]} given */
async function take(given) {
  const real = given.filter(({ file }) => !LEFT_BESIDE.test(file.name)), proper = real.filter(({ file }) => READ.test(file.name));
  const key = (/** @type {Given} */ { file, path }) => `${path} ${file.size} ${file.lastModified}`;
  const here = new Set([...desk.values()].flatMap((held) => (held.given ? [key(held.given)] : [])));
  const fresh = proper.filter((one) => !here.has(key(one)));
  tellLeft(real.filter((one) => !proper.includes(one)), proper.length - fresh.length);
  if (!fresh.length) return;
  toRead += fresh.length;
  const numbers = fresh.map(waiting);
  sortFiles();
  drawFiles();
  if (!current) await choose(numbers[0]);
  for (let i = 0; i < fresh.length; i++) await read(numbers[i], fresh[i]);
  if (haveRead === toRead) haveRead = toRead = 0;
  drawFiles();
}

/** How many files are named in a sentence. */
const NAMED = 3;

/** What is not read, by name and with what to do instead. @param {Given[]} strange @param {number} known */
function tellLeft(strange, known) {
  const lines = [];
  if (strange.length) {
    const names = strange.slice(0, NAMED).map(({ file }) => filled(words.desk.named, { name: file.name })).join(words.sheet.and);
    const kinds = strange.map(({ file }) => words.desk.advice[file.name.split('.').pop()?.toLowerCase() ?? '']);
    lines.push(filled(strange.length > NAMED ? words.desk.unknown_more : words.desk.unknown, { names, count: strange.length }), ...new Set(kinds.filter(Boolean)));
  }
  if (known) lines.push(filled(words.desk.known, { count: known }));
  if (lines.length) toast(lines.join(''), strange.length ? 15_000 : 6000);
}

/** A place in the list for a file that is not read yet. @param {Given} given */
function waiting(given) {
  const number = ++counted;
  const shown = /** @type {any} */ ({ number, path: given.path, state: 'waiting', calm: true, label: words.files.waiting, counts: {}, findings: [], readable: false });
  desk.set(number, laid(shown, given));
  return number;
}

/** @param {number} number @param {Given} given */
async function read(number, given) {
  try {
    const bytes = await bytesOfFile(given.file);
    if (!desk.has(number)) return;
    /** @type {Shown[]} */
    const answers = await call('check', number, given.path, bytes);
    if (!desk.has(number)) return; // taken away meanwhile
    merge(answers);
    if (answers.some((one) => one.number === current)) await draw();
  } catch (error) {
    const held = desk.get(number);
    if (held) Object.assign(held, { why: said(error), shown: { ...held.shown, state: 'unreadable', label: words.files.unreadable, calm: false } });
    if (number === current) await draw();
  } finally {
    haveRead++;
    sortFiles();
    drawFiles();
  }
}

/** The numbers of the files as they stand in the list: it is sorted where files are added, not while someone mends one. @type {number[]} */
let order = [];

function sortFiles() {
  order = [...desk.values()].sort((a, b) => GRAVE.indexOf(a.shown.state) - GRAVE.indexOf(b.shown.state) || a.shown.number - b.shown.number).map((held) => held.shown.number);
}

/** Files in the order of the list. @returns {Held[]} */
const ordered = () => order.flatMap((number) => desk.get(number) ?? []);

function drawFiles() {
  const many = desk.size > 1;
  document.body.classList.toggle('many', many);
  $('list').hidden = !many;
  $('empty').hidden = desk.size > 0;
  $('more').hidden = !desk.size;
  if (!many) return;
  const busy = toRead > haveRead;
  $('progress').hidden = !busy && !slipping;
  $('progress').max = Math.max(1, toRead);
  if (slipping && !busy) $('progress').removeAttribute('value');
  else $('progress').value = haveRead;
  $('list-title').textContent = filled(words.files.title, { count: desk.size });
  $('tally').replaceChildren(...busy ? [filled(words.files.busy, { done: haveRead, all: toRead })] : tally());
  if (!isPressed()) keepingPlace(() => $('files').replaceChildren(...ordered().map(row)));
}

/** How many there are in each state. */
function tally() {
  const counts = new Map();
  for (const { shown } of desk.values()) {
    const kind = kindOf(shown);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return Object.entries(words.files.tally).filter(([kind]) => counts.has(kind))
    .map(([kind, line]) => make('span', {}, filled(String(line), { count: counts.get(kind) })));
}

/** What the list says of a file: its state, but calm where only something is not filled yet. @param {Shown} shown */
function kindOf(shown) {
  if (shown.state === 'waiting') return 'waiting';
  if (shown.calm) return 'blank';
  return shown.state === 'hint' ? 'clean' : shown.state;
}

/** @param {Held} held */
function row(held) {
  const { shown } = held, kind = kindOf(shown), { counts } = shown;
  const count = counts[{ blank: 'left', error: 'wrong' }[String(kind)] ?? kind] ?? 0;
  const short = filled(words.files.short[kind] ?? '', { count });
  const about = [shown.readable && shown.year ? filled(words.files.year, shown) : '', shown.prior ? words.files.prior : '',
    held.unsaved ? words.files.unsaved : '', shown.unit ? twinName(shown) : held.why || shown.findings[0]?.message || ''].filter(Boolean).join(words.sheet.gap);
  return make('li', {}, make('button', {
    type: 'button', id: `file-${shown.number}`, 'aria-current': shown.number === current ? 'true' : undefined, title: shown.path, onclick: () => chooseListed(shown.number),
  }, make('i', { class: `dot ${kind}`, 'aria-hidden': 'true' }), make('b', {}, shown.unit || lastOf(shown.path)), make('em', { class: kind }, short), make('small', {}, about)),
  make('button', { type: 'button', class: 'away', id: `away-${shown.number}`, 'aria-label': filled(words.files.remove, { name: shown.unit || lastOf(shown.path) }), title: words.files.remove_title, onclick: () => away(shown.number) }, '×'));
}

/** What a file is called, where another one is of the same unit and year. @param {Shown} shown */
const twinName = (shown) => ([...desk.values()].some(({ shown: { number, unit, year } }) => number !== shown.number && unit === shown.unit && year === shown.year)
  ? lastOf(shown.path) : '');

/** Where the page scrolls as a whole, the report is below the list. @param {number} number */
async function chooseListed(number) {
  await choose(number);
  if (getComputedStyle($('place-sheet')).display === 'block') $('sheet').scrollIntoView({ block: 'start' });
}

/** Takes a file from the desk. @param {number} number */
async function away(number) {
  const held = desk.get(number);
  if (!held) return;
  if (number === current) sendTyped();
  if ((held.unsaved || underway.has(number) || hasRefused(number)) && !confirm(filled(words.files.remove_asks, { name: held.shown.unit || lastOf(held.shown.path) }))) return;
  gone.add(number);
  desk.delete(number);
  leftAside.add(held.draft);
  // The next file at once: nothing more is typed into the one that goes.
  if (current === number) {
    delete $('paper').dataset.form;
    choose(ordered()[0]?.shown.number ?? 0);
  }
  drawFiles();
  merge(await call('remove', number));
  keepDraft();
  drawFiles();
  await draw();
}

let rereading = false;
/** Once a step was lost: every file as the worker has it now; one that it has not any more is said to be unreadable. */
document.addEventListener('step-lost', async () => {
  if (rereading) return;
  rereading = true;
  for (const [number, held] of [...desk]) {
    if (!held.shown.readable) continue;
    try {
      merge(await call('shown', number));
    } catch (error) {
      Object.assign(held, { why: said(error), shown: { ...held.shown, readable: false, state: 'unreadable', label: words.files.unreadable, todo: '', findings: [], calm: false } });
    }
    held.unsaved ||= !!held.shown.changed?.said;
  }
  rereading = false;
  drawFiles();
  await draw();
});

$('files').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey) return;
  event.preventDefault();
  const list = ordered(), at = list.findIndex((held) => held.shown.number === current);
  const next = list[at + step];
  if (!next) return;
  choose(next.shown.number);
  $(`file-${next.shown.number}`).focus();
});
