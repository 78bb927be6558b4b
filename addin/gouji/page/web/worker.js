// The worker: Pyodide out of the page's own parts, gouji in it, one call at a time. Nothing is fetched.
// In: {id, call, args}; out: {id, value | error | internal | fell, memory}. `error` is a line for people, `internal` the last
// line of an error of the program, `fell` says that this worker is at its end.
'use strict';

// A classic worker: Chromium refuses a module worker from a Blob under file:// (its origin is null). Pyodide refuses classic
// workers, which it knows by importScripts; import() works in both, and it needs nothing else.
self.importScripts = () => { throw new TypeError('no importScripts'); };

/** What Pyodide may "fetch". @type {Map<string, {body: ReadableStream, type: string}>} */
const table = new Map();
globalThis.fetch = async (/** @type {any} */ address) => {
  const part = table.get(String(address instanceof Request ? address.url : address).split('/').pop() || '');
  if (!part) throw new TypeError('no network: ' + address);
  return new Response(part.body, { headers: { 'Content-Type': part.type } });
};

/** @param {any} bytes */
const inflated = (bytes) => new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
/** @param {any} bytes */
const whole = (bytes) => new Response(inflated(bytes)).arrayBuffer();

/** @param {string} text base64 @returns {Uint8Array} */
function decoded(text) {
  const own = /** @type {any} */ (Uint8Array);
  if (own.fromBase64) return own.fromBase64(text);
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

const NOWHERE = 'https://nowhere.invalid/';
/** @type {any} */
let python;
/** @type {any} */
let answer;
/** @type {any} */
let toBytes;

/** @param {Record<string, string>} parts gzip in base64, by name */
async function start(parts) {
  /** @type {Record<string, Uint8Array>} */
  const bytes = {};
  for (const name in parts) bytes[name] = decoded(parts[name]);
  // As streams: the engine compiles while it inflates.
  table.set('pyodide.asm.wasm', { body: inflated(bytes['pyodide.asm.wasm']), type: 'application/wasm' });
  table.set('stdlib.zip', { body: inflated(bytes['stdlib.zip']), type: 'application/zip' });
  const module = async (/** @type {string} */ name) => {
    const address = URL.createObjectURL(new Blob([await whole(bytes[name])], { type: 'text/javascript' }));
    return import(address);
  };
  const [engine, loader] = await Promise.all([module('pyodide.asm.mjs'), module('pyodide.mjs')]);
  python = await loader.loadPyodide({
    createPyodideModule: engine.default,
    lockFileContents: JSON.parse(new TextDecoder().decode(await whole(bytes['lock.json']))),
    packageBaseUrl: NOWHERE, indexURL: NOWHERE, stdLibURL: NOWHERE + 'stdlib.zip',
    stdout: () => {}, stderr: (/** @type {string} */ line) => console.warn(line),
    env: { PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' },
  });
  python.unpackArchive(await whole(bytes['app.zip']), 'zip', { extractDir: '/lib/python3.14/site-packages' });
  table.clear();
  answer = python.pyimport('gouji.page.calling').answer;
  toBytes = python.pyimport('builtins').bytes;
  return python.pyimport('gouji').__version__;
}

/** @param {string} call @param {any[]} args @returns {Record<string, any>} */
function called(call, args) {
  const given = args.map((one) => (one instanceof Uint8Array ? bytesOf(one) : one));
  const made = answer(call, ...given);
  try {
    const kind = made.get(0), value = made.get(1);
    if (kind !== 'bytes') return { [kind]: kind === 'value' ? JSON.parse(value) : value };
    try { return { value: value.toJs().slice() }; } finally { value.destroy(); }
  } finally {
    made.destroy();
    for (const one of given) one?.destroy?.();
  }
}
/** @param {Uint8Array} one */
function bytesOf(one) {
  const seen = python.toPy(one);
  try { return toBytes(seen); } finally { seen.destroy(); }
}

/** @param {MessageEvent} event */
onmessage = async ({ data: { id, call, args } }) => {
  /** @type {Record<string, any>} */
  let said;
  try {
    said = call === 'start' ? { value: await start(args[0]) } : called(call, args);
  } catch (error) {
    // What Python itself raises comes back as an answer: this is the end of the engine.
    said = { fell: String(/** @type {any} */ (error)?.message || error).trim().split('\n').pop() };
  }
  const memory = python?._module?.HEAP8?.length || 0;
  const own = said.value instanceof Uint8Array ? [said.value.buffer] : [];
  /** @type {any} */ (self).postMessage({ id, memory, ...said }, own);
};
