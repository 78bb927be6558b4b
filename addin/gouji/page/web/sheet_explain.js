// Beside a finding: the figure to look up with its possible answers, and the explanation with its state.
'use strict';

/** @param {Finding} finding @param {Question} asked */
function question(finding, asked) {
  const field = make('input', { id: `answer-${finding.id}`, 'aria-label': words.findings.answer, placeholder: words.findings.answer, autocomplete: 'off', size: '8' });
  const send = () => field.value.trim() && change('answered', asked.cell, field.value.trim());
  const buttons = asked.answers.map(({ text, stands }) => make('button', {
    type: 'button', onclick: () => change('answered', asked.cell, stands ? '' : text),
  }, filled(stands ? words.findings.stands : words.findings.should_be, { value: text || words.findings.nothing })));
  return make('div', { class: 'question' }, make('p', {}, asked.text), make('p', { class: 'answers' }, ...buttons),
    make('form', { class: 'answers', onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); send(); } },
      field, make('button', {}, words.findings.answer_do)));
}

/** The states of explanations as Python names them. @type {string[]} */
let states = [];

/** @param {Finding} finding */
function explaining(finding) {
  const given = finding.explanation, id = `explain-${finding.id}`;
  const text = make('textarea', { id, rows: '2', placeholder: words.explaining.hint });
  text.defaultValue = given?.text ?? '';
  // Not on change: a card drawn anew in the midst of typing would not know of a change.
  text.addEventListener('focusout', () => isUnsent(text) && change('explained', finding.id, text.value.trim(), ''));
  return make('div', { class: given?.settled ? 'explaining settled' : 'explaining' }, make('label', { for: id }, words.explaining.title),
    given ? stateChoice(finding.id, given, text) : null, text, given?.why ? make('p', { class: 'why' }, given.why) : null);
}

/** Whether something is typed beside a finding that was not sent. @param {HTMLInputElement | HTMLTextAreaElement} field */
const isUnsent = (field) => field.value.trim() !== field.defaultValue;

/** @param {string} id @param {Explanation} given @param {HTMLTextAreaElement} text as it stands: its own answer may be still to come */
function stateChoice(id, given, text) {
  const choice = make('select', { id: `state-${id}`, 'aria-label': words.explaining.state },
    ...states.map((state) => make('option', { selected: state === given.state }, state)));
  choice.addEventListener('change', () => change('explained', id, text.value.trim(), choice.value));
  return choice;
}
