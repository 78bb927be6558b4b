// Files from outside: dropped, chosen, or a blank form to begin with.
'use strict';

/**
 * The files of one dropped item. Chromium under file:// lists a folder's entries but refuses entry.file() (EncodingError), so: a file
 * by getAsFile, a folder by its handle (Chromium), else by its entries (Firefox, Safari). All are asked before the first await.
 * @param {any} item @returns {Promise<Given[]>}
 */
async function givenBy(item) {
  const file = item.getAsFile(), entry = item.webkitGetAsEntry?.();
  if (!entry || entry.isFile) return file ? [{ file, path: file.name }] : [];
  if (item.getAsFileSystemHandle) {
    const folder = await item.getAsFileSystemHandle();
    return inFolder(folder, `${folder.name}/`);
  }
  return inEntry(entry);
}

/** @param {any} folder @param {string} path @returns {Promise<Given[]>} */
async function inFolder(folder, path) {
  const found = [];
  for await (const one of folder.values()) {
    if (one.kind === 'file') found.push({ file: await one.getFile(), path: path + one.name });
    else found.push(...(await inFolder(one, `${path}${one.name}/`)));
  }
  return found;
}

/** @param {any} entry @returns {Promise<Given[]>} */
async function inEntry(entry) {
  if (entry.isFile) {
    const file = await new Promise((yes, no) => entry.file(yes, no));
    return [{ file, path: entry.fullPath.replace(/^\//, '') }];
  }
  const reader = entry.createReader(), found = [];
  for (;;) { // at most 100 names a call
    const some = await new Promise((yes, no) => reader.readEntries(yes, no));
    if (!some.length) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(inEntry))).flat();
}

let inside = 0;
/** @param {DragEvent} event */
const bringsFiles = (event) => !!event.dataTransfer?.types.includes('Files');
const overNothing = () => {
  inside = 0;
  document.body.classList.remove('over');
};
document.addEventListener('dragenter', (event) => {
  if (!bringsFiles(event)) return;
  inside++;
  document.body.classList.add('over');
});
document.addEventListener('dragleave', () => { if (--inside <= 0) overNothing(); });
document.addEventListener('dragover', (event) => { if (bringsFiles(event)) event.preventDefault(); });
document.addEventListener('drop', async (event) => {
  if (!bringsFiles(event)) return;
  event.preventDefault();
  overNothing();
  const asked = [...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === 'file').map(givenBy);
  try {
    await takeGiven((await Promise.all(asked)).flat());
  } catch {
    toast(words.desk.no_folder, 12_000);
  }
});

/** Files go to the place of the page that is shown. @param {Given[]} given */
const takeGiven = (given) => (document.body.dataset.place === 'office' ? officeTake : take)(given.sort((a, b) => (a.path < b.path ? -1 : 1)));

for (const id of ['pick', 'pick-folder']) {
  $(id).addEventListener('change', () => {
    const given = [...$(id).files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    $(id).value = '';
    takeGiven(given);
  });
}

/** What the buttons with data-do do. @type {Record<string, () => void>} */
const DOES = {
  files: () => $('pick').click(),
  folder: () => $('pick-folder').click(),
  blank: () => openNew(),
  slips: () => saveSlips(),
  office: () => officeTake([...desk.values()].flatMap((held) => held.given ?? [])),
};
document.addEventListener('click', (event) => {
  const name = event.target instanceof Element && event.target.closest('[data-do]')?.getAttribute('data-do');
  if (name && DOES[name]) DOES[name]();
});
