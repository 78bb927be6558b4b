// What can be taken away: workbook, seal, slip, Word, web page, JSON, print.
'use strict';

/** Outputs that keep everything someone did: after one of them nothing is unsaved. */
const KEEPS = new Set(['workbook', 'sealed', 'as_json']);

/** The desk's functions that make a file: the most used ones stand in the bar, the others in a menu. */
const IN_BAR = ['slip', 'workbook', 'sealed'], IN_MENU = ['word', 'web', 'as_json'];

/** @param {Shown} shown */
function drawActs(shown) {
  $('acts').hidden = !shown.readable;
  if ($('acts').hasChildNodes()) return;
  const menu = make('details', { id: 'menu', class: 'menu' }, make('summary', {}, words.saving.menu), make('div', {}, ...IN_MENU.map(saveButton)));
  const paper = make('button', { type: 'button', id: 'do-print', title: words.saving.print_title, onclick: printForm }, words.saving.print);
  $('acts').append(menu, paper, ...IN_BAR.map(saveButton));
}

/** @param {string} name */
const saveButton = (name) => make('button', {
  type: 'button', id: `save-${name}`, class: name === 'workbook' ? 'main' : undefined, title: words.saving[name].title, onclick: () => takeAway(name),
}, words.saving[name].label);

/** @param {string} name of an output: the desk's function */
async function takeAway(name) {
  $('menu')?.removeAttribute('open');
  sendTyped();
  const number = current, button = $(`save-${name}`);
  if (name === 'sealed' && await refused(number)) return;
  button.disabled = true;
  try {
    const names = await call('names', number);
    if (hasRefused(number) && !confirm(words.saving.refused_asks)) return;
    const bytes = await call(name, number);
    save(bytes, names[name]);
    const held = desk.get(number);
    if (held && KEEPS.has(name)) Object.assign(held, { unsaved: false, saved: true });
    if (name === 'sealed') merge(await call('shown', number)); // the copy is the file now
    if (name === 'sealed' && number === current) await draw();
    toast(filled(name === 'sealed' ? words.seal.done : words.saving.saved, { name: names[name] }));
    drawFiles();
  } catch (error) {
    if (!gone.has(number)) toast(filled(words.sheet.failed, { why: said(error) }), 12_000);
  } finally {
    button.disabled = false;
  }
}

/** Whether something stands in the way of the seal; then it is said. @param {number} number */
async function refused(number) {
  /** @type {Shown[]} */
  const [{ sealable: why }] = await call('shown', number);
  if (!why) return false;
  if (number !== current) {
    toast(why);
    return true;
  }
  $('unsealed-why').textContent = why;
  $('unsealed').showModal();
  return true;
}

async function printForm() {
  const number = current;
  sendTyped();
  try {
    merge(await call('shown', number)); // with all that was typed
    await draw();
    print();
  } catch (error) {
    toast(filled(words.sheet.failed, { why: said(error) }));
  }
}

/** Whether all slips are being made. */
let slipping = false;

async function saveSlips() {
  if (slipping) return;
  sendTyped();
  saySlips(true);
  try {
    save(await call('slips'), words.saving.slips_name);
    toast(filled(words.saving.saved, { name: words.saving.slips_name }));
  } catch (error) {
    toast(filled(words.sheet.failed, { why: said(error) }), 12_000);
  } finally {
    saySlips(false);
  }
}

/** @param {boolean} on */
function saySlips(on) {
  slipping = on;
  const button = document.querySelector('#list [data-do=slips]');
  button?.setAttribute('aria-disabled', String(on));
  button?.replaceChildren(on ? words.saving.slips_making : words.files.slips);
  drawFiles();
}

$('unsealed').addEventListener('close', () => {
  const shown = sheet();
  if ($('unsealed').returnValue !== 'first' || !shown) return;
  const first = inOrder(shown).find((f) => f.level !== 'hint' && !f.explanation?.settled);
  if (!first) return toField(`text-${forms.get(shown.form)?.sections.find(({ table }) => !table)?.number}`); // no text was given
  toFinding(first);
  mark(first.id);
});

// A menu closes where something else or one of its buttons is clicked, and on Escape.
document.addEventListener('click', (event) => {
  const inside = event.target instanceof Element && event.target.closest('summary')?.parentElement;
  for (const menu of document.querySelectorAll('.menu')) if (menu !== inside) menu.removeAttribute('open');
});
document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' && document.querySelector('.menu[open]');
  if (!menu) return;
  menu.removeAttribute('open');
  menu.querySelector('summary')?.focus();
});
window.addEventListener('beforeunload', (event) => {
  const typed = [...document.querySelectorAll('#findings textarea, #findings input')].some((one) => isUnsent(/** @type {HTMLInputElement} */ (one)));
  if (typed || unsent.size || underway.size || refusedFields.size || [...desk.values()].some((held) => held.unsaved)) event.preventDefault();
});
