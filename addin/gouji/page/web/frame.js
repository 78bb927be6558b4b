// The two places of the page: one workbook, and the office's folder.
'use strict';

/** @param {string} place "sheet" or "office" */
function show(place) {
  for (const button of document.querySelectorAll('#places button')) {
    const here = button.getAttribute('data-place');
    if (here === place) button.setAttribute('aria-current', 'page'); else button.removeAttribute('aria-current');
    $(`place-${here}`).hidden = here !== place;
  }
  document.body.dataset.place = place;
}
$('places').addEventListener('click', (/** @type {Event} */ event) => {
  const place = /** @type {Element} */ (event.target).closest('button')?.getAttribute('data-place');
  if (place) show(place);
});
show('sheet');

/** A year that an input method wrote in wide digits is a year: a field with a pattern holds plain ones. @param {Event} event */
function plainDigits(event) {
  const { target } = event;
  if (!(target instanceof HTMLInputElement) || !target.pattern || /** @type {InputEvent} */ (event).isComposing) return;
  const plain = target.value.normalize('NFKC');
  if (plain === target.value) return;
  target.value = plain;
  if (event.type !== 'input') target.dispatchEvent(new Event('input', { bubbles: true }));
}
for (const kind of ['input', 'compositionend']) document.addEventListener(kind, plainDigits, true);

// Whose work the page holds.
$('about-open').addEventListener('click', () => {
  const parts = Object.entries(/** @type {Record<string, Record<string, string>>} */ (JSON.parse($('licences').textContent)));
  $('about-parts').replaceChildren(...parts.map(([name, { licence, source, notice, text }]) => make('details', {},
    make('summary', {}, filled(words.about.part, { name, licence })),
    make('pre', {}, [notice, source && filled(words.about.source, { source }), text].filter(Boolean).join('\n')))));
  $('about-page').showModal();
});
