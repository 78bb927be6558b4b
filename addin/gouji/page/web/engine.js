// The worker's client: calls in their order, one at a time. What changed something is kept in a journal, from which a new
// worker is brought to where a fallen one was, so that nothing typed is lost.
'use strict';

/** @typedef {{id: number, call: string, args: any[], falls: number, answered: boolean,
 *   done: (value: any) => void, failed: (error: Error) => void}} Asked */

/** Calls of the desk that only ask; every other one changes something and is kept. */
const ONLY_ASK = new Set(['version', 'states', 'shown', 'names', 'form', 'slip', 'slips', 'workbook', 'word', 'web',
  'as_json', 'draft', 'standing', 'office_given', 'office_read', 'office_output', 'office_zip']);
/** With these a file begins to be what it is; all that follows is told by how it stands. */
const BEGINS = new Set(['check', 'blank', 'resumed', 'sealed']);
const MOST_STEPS = 300; // of a file that are done again one by one
const MOST_TEXT = 4e6; // characters of them
const FALLS = 2; // a call that ended the worker so often is left out
const SLOW = 1000; // ms after which it is said that results are to come
const PATIENCE = 20_000; // ms after which a step may be stopped by hand
const TOLD = 2; // lost steps that are named
const LARGEST = 20e6; // bytes of a file
const MOST_MEMORY = 900e6; // bytes of the worker's memory above which no file is added

/** @type {Worker} */
let worker;
/** What changed something, in order; the worker has done the first `replayed` of it. @type {Asked[]} */
let journal = [];
let replayed = 0;
/** Not yet answered, in order. @type {Asked[]} */
let queue = [];
/** What is with the worker. @type {Asked | null} */
let busy = null;
let running = false, version = '', serial = 0, impatient = 0, slow = 0;
/** For tests and measurements: ms and bytes. @type {Record<string, number>} */
const timing = { memory: 0, starts: 0 };

/**
 * Ask the worker: a function of page/desk.py with its arguments (numbers, texts, Uint8Array). Resolves to its answer; rejects
 * with an Error whose message is a line for people; `leftOut` on it says that this call has ended workers.
 * @param {string} name @param {...any} args @returns {Promise<any>}
 */
function call(name, ...args) {
  return new Promise((done, failed) => {
    queue.push({ id: ++serial, call: name, args, falls: 0, answered: false, done, failed });
    next();
  });
}

function next() {
  if (!running || busy) return;
  busy = journal[replayed] || queue[0] || null;
  if (!busy) {
    clearTimeout(slow);
    slow = 0;
    engineSays('ready', filled(timing.starts > 1 ? words.engine.again_ready : words.engine.ready, { version }));
    return;
  }
  worker.postMessage({ id: busy.id, call: busy.call, args: busy.args });
  slow ||= setTimeout(() => { if (running) engineSays('ready busy', words.engine.busy); }, SLOW);
  clearTimeout(impatient);
  impatient = setTimeout(() => { $('engine-stop').hidden = false; }, PATIENCE);
}

/** @param {any} said what worker.js answers */
function answered(said) {
  timing.memory = said.memory;
  if (said.fell !== undefined) { fell(); return; }
  const asked = busy;
  if (!asked || said.id !== asked.id) return;
  rest();
  if (journal[replayed] === asked) replayed++;
  else {
    queue.shift();
    if ('value' in said && !ONLY_ASK.has(asked.call)) keep(asked);
  }
  settle(asked, said);
  next();
}

function rest() {
  busy = null;
  clearTimeout(impatient);
  $('engine-stop').hidden = true;
}

/** Whether a step need not be done again once a later one was done. @type {Record<string, (one: Asked, later: Asked) => boolean>} */
const OVER = {
  remove: (one, later) => one.args[0] === later.args[0],
  cleared: (one) => !one.call.startsWith('office_'),
  office_begin: (one) => one.call.startsWith('office_'),
  // Of a season each run counts, and stands in the zip; elsewhere a run takes the place of the one before.
  office_run: (one) => one.call === 'office_run' && !officeGiven?.season,
};
/** @param {Asked} asked */
function keep(asked) {
  const over = OVER[asked.call];
  if (over) journal = journal.filter((one) => !over(one, asked));
  if (asked.call !== 'remove') journal.push(asked);
  replayed = journal.length;
  shorten(asked);
}

/** What was done with a file since it began to be what it is. @param {number} number */
function stepsOf(number) {
  /** @type {Asked[]} */
  let found = [];
  for (const one of journal) {
    if (one.args[0] !== number) continue;
    if (BEGINS.has(one.call)) found = [];
    else found.push(one);
  }
  return found;
}

/** @param {Asked[]} steps */
const textOf = (steps) => steps.reduce((sum, { args }) => sum + args.reduce((all, one) => all + (one.length ?? 0), 0), 0);

/**
 * Where a file has had more steps than are done again one by one, how it stands takes their place; so it does again with a step
 * back, which may lead before it. After a fall they are one step that can be undone.
 * @param {Asked} asked
 */
function shorten({ call: name, args: [number] }) {
  const steps = typeof number === 'number' ? stepsOf(number) : [];
  const many = steps.length > MOST_STEPS || textOf(steps) > MOST_TEXT;
  if (!many && !((name === 'undo' || name === 'redo') && steps.some((one) => one.call === 'stood'))) return;
  // Before all that waits: nothing is done between the last step and this.
  queue.unshift({ id: ++serial, call: 'standing', args: [number], falls: 0, answered: false, failed() {}, done(bytes) {
    journal = [...journal.filter((one) => !steps.includes(one)), { ...steps[0], id: ++serial, call: 'stood', args: [number, bytes], falls: 0 }];
    replayed = journal.length;
  } });
}

/** @param {Asked} asked @param {any} said */
function settle(asked, said) {
  if (asked.answered) { // replayed: its caller has its answer
    if (!('value' in said)) lost(asked);
    return;
  }
  asked.answered = true;
  if (said.error !== undefined) asked.failed(Object.assign(new Error(said.error), { leftOut: !!said.leftOut }));
  else if (said.internal !== undefined) asked.failed(new Error(filled(words.engine.internal, { error: said.internal })));
  else asked.done(said.value);
}

/** The worker is at its end: another one does what is in the journal, then what was asked meanwhile. */
function fell() {
  worker.terminate();
  running = false;
  clearTimeout(slow);
  slow = 0;
  const last = busy;
  lostLines.clear();
  rest();
  engineSays('', words.engine.again);
  if (last && ++last.falls >= FALLS) leaveOut(last);
  boot();
}

/** @param {Asked} last */
function leaveOut(last) {
  queue = queue.filter((one) => one !== last);
  if (last.answered) return lost(last);
  const line = leftOut(last);
  settle(last, { error: line, leftOut: true });
  toast(line, 0);
}

/** @param {Asked} asked */
function leftOut(asked) {
  const named = asked.args.filter((one) => typeof one === 'string' && one && one.length < 60 && !one.startsWith('{'));
  return filled(words.engine.left_out, { what: [words.engine.calls[asked.call] || asked.call, ...named].join(' ') });
}

/** Since the last fall. @type {Set<string>} */
const lostLines = new Set();

/** A step that was done once and can not be done again: what the page shows may not be there any more. @param {Asked} asked */
function lost(asked) {
  const at = journal.indexOf(asked);
  if (at < 0) return;
  journal.splice(at, 1);
  if (at < replayed) replayed--;
  toast([...lostLines.add(leftOut(asked))].slice(0, TOLD).join(''), 0);
  document.dispatchEvent(new CustomEvent('step-lost'));
}

/** Stopped by hand: what takes so long is left out at once. */
function stop() {
  if (busy) busy.falls = FALLS;
  fell();
}

function boot() {
  const began = performance.now();
  const address = URL.createObjectURL(new Blob([$('worker.js').textContent], { type: 'text/javascript' }));
  worker = new Worker(address);
  worker.onerror = (event) => {
    event.preventDefault();
    if (running) fell(); else noStart(event.message || 'Worker');
  };
  worker.onmessage = ({ data }) => {
    URL.revokeObjectURL(address);
    if ('fell' in data) { noStart(data.fell); return; }
    version = data.value;
    Object.assign(timing, { memory: data.memory, start: performance.now() - began, starts: timing.starts + 1 });
    timing.ready ||= performance.now();
    worker.onmessage = (event) => answered(event.data);
    running = true;
    replayed = 0;
    next();
  };
  const parts = Object.fromEntries([...document.querySelectorAll('script.part')].map((one) => [one.id, one.textContent]));
  worker.postMessage({ id: 0, call: 'start', args: [parts] });
}

/** @param {string} reason */
function noStart(reason) {
  const line = filled(words.engine.failed, { reason });
  worker.terminate();
  engineSays('failed', line);
  for (const one of queue.splice(0)) settle(one, { error: line });
}

/** @param {string} state @param {string} text */
function engineSays(state, text) {
  $('engine').className = state;
  const said = $('engine').querySelector('span');
  if (said.textContent !== text) said.textContent = text; // a screen reader says it again otherwise
}

/**
 * The bytes of a file, where it may be read; rejects with a line for people.
 * @param {File} file @param {number} [largest] @returns {Promise<Uint8Array>}
 */
async function bytesOfFile(file, largest = LARGEST) {
  const { name } = file;
  if (file.size > largest) {
    throw new Error(filled(words.engine.too_large, { name, size: Math.ceil(file.size / 1e6), limit: largest / 1e6 }));
  }
  if (timing.memory > MOST_MEMORY) throw new Error(filled(words.engine.too_many, { name }));
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new Error(filled(words.engine.unread, { name, reason: /** @type {Error} */ (error).message }));
  }
}
$('engine-stop').addEventListener('click', stop);
