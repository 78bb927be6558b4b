// node compile.mjs PYODIDE_FOLDER IN_FOLDER OUT_FOLDER BYTECODE.py: runs bytecode.py in that Pyodide.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, source, target, program] = process.argv.slice(2).map((one) => path.resolve(one));
const { loadPyodide } = await import(pathToFileURL(path.join(folder, 'pyodide.mjs')).href);
const python = await loadPyodide({ indexURL: folder + path.sep, env: { PYTHONHASHSEED: '0', PYTHONNODEBUGRANGES: '1' } });
python.FS.mkdir('/in');
python.FS.mkdir('/out');
python.FS.writeFile('/in/stdlib.zip', fs.readFileSync(path.join(folder, 'python_stdlib.zip')));
for (const name of fs.readdirSync(source)) python.FS.writeFile('/in/' + name, fs.readFileSync(path.join(source, name)));
python.runPython(fs.readFileSync(program, 'utf8'));
for (const name of python.FS.readdir('/out')) {
  if (!name.startsWith('.')) fs.writeFileSync(path.join(target, name), python.FS.readFile('/out/' + name));
}
