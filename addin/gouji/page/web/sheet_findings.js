// What is wrong, gravest first: place, sentence, ways to mend, the figure to look up, the explanation.
'use strict';

/** Cards as they were drawn, by the finding's id. @type {Map<string, {says: string, card: HTMLElement}>} */
let cards = new Map();

/** @param {string} id @returns {HTMLElement | undefined} */
const cardOf = (id) => cards.get(id)?.card;

/** @param {Shown} shown */
function drawFindings(shown) {
  if (composes($('findings'))) return; // its end draws again
  const list = inOrder(shown), made = new Map(), title = list.length ? filled(words.findings.title, { count: list.length }) : words.findings.title_none;
  list.forEach((finding, rank) => made.set(finding.id, kept(finding, rank, `${shown.number}`)));
  cards = made;
  const inner = [make('h2', {}, title, list.length > 1 ? nextButtons() : null), ...aboutFile(shown), ...[...made.values()].map((one) => one.card)];
  if (!list.length && shown.readable) inner.push(allWell(shown));
  keepingPlace(() => $('findings').replaceChildren(...inner));
  mark(looked);
}

/** What is wrong first, then what is only not filled yet, then the rest as it comes. @param {Shown} shown */
const inOrder = ({ findings }) => [...findings.filter((f) => f.level === 'error' && !f.left), ...findings.filter((f) => f.level === 'error' && f.left),
  ...findings.filter((f) => f.level !== 'error')];

/**
 * The card of a finding: the one that stands already, where nothing in it has changed.
 * @param {Finding} finding @param {number} rank @param {string} file
 */
function kept(finding, rank, file) {
  const says = file + JSON.stringify(finding), old = cards.get(finding.id);
  if (old?.says !== says) return { says, card: numbered(card(finding), rank) };
  return { says, card: numbered(old.card, rank) };
}

/** A cell names the sentence of its finding by rank. @param {HTMLElement} one @param {number} rank */
function numbered(one, rank) {
  const what = one.querySelector('.what');
  if (what) what.id = `what-${rank}`;
  return one;
}

const nextButtons = () => make('span', { class: 'steps' }, make('small', {}, words.findings.keys),
  make('button', { type: 'button', id: 'step-before', 'aria-label': words.findings.before, title: words.findings.before, onclick: () => toNext(-1) }, '↑'),
  make('button', { type: 'button', id: 'step-next', 'aria-label': words.findings.next, title: words.findings.next, onclick: () => toNext(1) }, '↓'));

/** What is to be said of the file itself: published text, what became of its slip, what no cell takes. @param {Shown} shown */
function aboutFile(shown) {
  if (!shown.readable) return [];
  const lines = [shown.imported?.said, shown.returned].filter(Boolean).map((line) => make('p', { class: 'about-file' }, line));
  if (shown.kept.length) lines.push(make('details', { class: 'about-file', id: 'kept-texts' }, make('summary', {}, filled(words.findings.kept, { count: shown.kept.length })),
    make('ul', {}, ...shown.kept.map(({ place, text }) => make('li', {}, filled(words.findings.kept_one, { place, text }))))));
  return lines;
}

/** @param {Shown} shown */
function allWell(shown) {
  const tick = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  tick.setAttribute('viewBox', '0 0 32 32');
  tick.setAttribute('aria-hidden', 'true');
  for (const d of ['M3 16a13 13 0 1 0 26 0a13 13 0 1 0 -26 0', 'M10 16.5l4.5 4.5 8-9']) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    tick.append(path);
  }
  return make('div', { class: 'good' }, tick, make('b', {}, shown.sealable ? shown.label : words.findings.good), make('p', {}, shown.todo || words.findings.good_said));
}

/** Files and places whose basis someone opened: it stays open, though the finding there is another one after each number. @type {Set<string>} */
const opened = new Set();

/** @param {Finding} finding */
function basisOf(finding) {
  const more = [...finding.basis.map((line) => make('p', {}, filled(words.findings.basis, { line }))), ...ways(finding)];
  if (finding.remedy) more.push(make('p', {}, filled(words.findings.remedy, { remedy: finding.remedy })));
  if (finding.key) more.push(make('p', {}, filled(words.findings.key, { key: finding.key })));
  const at = `${current} ${finding.place}`, one = make('details', { open: opened.has(at) }, make('summary', {}, words.findings.more), ...more);
  one.addEventListener('toggle', () => (one.open ? opened.add(at) : opened.delete(at)));
  return one;
}

/** @param {Finding} finding */
function card(finding) {
  const go = finding.place || finding.section || (finding.field ? words.cover.title : '');
  return make('div', { class: `finding ${finding.left ? 'left' : finding.level}`, 'data-id': finding.id, tabindex: '-1' },
    make('div', { class: 'top' }, make('span', { class: 'level' }, finding.left ? words.findings.left : finding.label), go ? goButton(finding, go) : null),
    make('p', { class: 'what' }, finding.message),
    finding.question ? question(finding, finding.question) : null,
    basisOf(finding),
    finding.explains ? explaining(finding) : null);
}

/** @param {Finding} finding @param {string} place */
const goButton = (finding, place) => make('button', {
  type: 'button', class: 'link', 'aria-label': filled(words.findings.go, { place }), onclick: () => { toFinding(finding); mark(finding.id); },
}, place);

/** @param {Finding} finding */
function ways(finding) {
  if (!finding.ways.length) return [];
  const items = finding.ways.map((way) => make('li', {}, filled(words.findings.number, way),
    way.cell ? make('button', { type: 'button', class: 'link', onclick: () => toField(way.cell) }, way.text) : make('span', {}, way.text)));
  return [make('p', {}, finding.ways_title), make('ol', { class: 'ways' }, ...items)];
}
