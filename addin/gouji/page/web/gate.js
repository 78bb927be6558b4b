// Runs before anything else, in words that a browser of 2012 understands: says what is missing instead of a blank sheet.
(function () {
  /** @param {string} hex */
  function validates(hex) {
    try {
      return WebAssembly.validate(new Uint8Array((hex.match(/../g) || []).map(function (two) { return parseInt(two, 16); })));
    } catch (_) { return false; }
  }
  function works() {
    try {
      new Worker(URL.createObjectURL(new Blob([''], { type: 'text/javascript' }))).terminate();
      return true;
    } catch (_) { return false; }
  }
  /** Keys of the wording under [gate].
   * @type {string[]} */
  var lacking = [];
  if (typeof WebAssembly !== 'object' || typeof BigInt64Array !== 'function') lacking.push('wasm');
  // (func (try (do) (catch_all))): this Pyodide is compiled to legacy exceptions, which Chromium has since 95.
  else if (!validates('0061736d0100000001040160000003020100' + '0a080106000640190b0b')) lacking.push('exceptions');
  if (typeof DecompressionStream !== 'function') lacking.push('streams');
  if (!works()) lacking.push('worker');
  window.lacking = lacking;
  function show() {
    var data = document.getElementById('words'), old = document.getElementById('old');
    var desk = document.getElementById('desk'), what = document.getElementById('old-what');
    if (!data || !old || !desk || !what) return;
    var words = JSON.parse(data.textContent || '').gate;
    what.textContent = lacking.map(function (key) { return words[key]; }).join(words.and);
    old.removeAttribute('hidden');
    desk.style.display = 'none';
  }
  if (lacking.length) document.addEventListener('DOMContentLoaded', show);
})();
