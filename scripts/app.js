/**
 * Runs a TypeScript program of this project: `node scripts/app.js main.ts`. It bundles the program with its imports into one file, again
 * whenever a source has changed, and also caches V8's compiled code. This starts in less than half the time of loading each module.
 * Types are not checked here: `npm run types` does that.
 *
 * This file is plain CommonJS, because Node starts that fastest.
 */
const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');
const v8 = require('node:v8');
const vm = require('node:vm');

// V8 optimizes a function after it has run for a while. A program that ends within a second runs most of them for the last time by then, and
// a third of its CPU time went into that. So it waits longer; the default of Node 20 is 67584 (in bytes of bytecode that were run).
v8.setFlagsFromString('--interrupt-budget=500000');

const root = path.join(__dirname, '..');
const entry = process.argv[2];
if (entry === undefined) throw new Error('usage: node scripts/app.js FILE.ts [arguments]');
const outfile = path.join(root, '.build', `${path.basename(entry, '.ts')}.js`);
const stampsFile = `${outfile}.stamps.json`;
const codeFile = `${outfile}.v8`;

if (!isFresh()) build();
// The program sees its own arguments only.
process.argv.splice(1, 2, outfile);
run();

/** Size and modification time of a file; undefined if it does not exist. */
function stampOf(file) {
  const stats = fs.statSync(path.join(root, file), { throwIfNoEntry: false });
  return stats === undefined ? undefined : `${stats.size} ${stats.mtimeMs}`;
}

function isFresh() {
  if (!fs.existsSync(outfile) || !fs.existsSync(stampsFile)) return false;
  const stamps = JSON.parse(fs.readFileSync(stampsFile, 'utf8'));
  return Object.entries(stamps).every(([file, stamp]) => stampOf(file) === stamp);
}

function build() {
  const result = require('esbuild').buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    // Each byte is a character, so that the file is read without decoding.
    charset: 'ascii',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  fs.mkdirSync(path.dirname(outfile), { recursive: true });
  replaceFile(outfile, result.outputFiles[0].contents);
  const sources = Object.keys(result.metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
  // The lock file represents all installed packages.
  const stamps = Object.fromEntries([...sources, 'package-lock.json'].map((file) => [file, stampOf(file)]));
  replaceFile(stampsFile, JSON.stringify(stamps));
  fs.rmSync(codeFile, { force: true });
}

function run() {
  const source = `(function (exports, require, module, __filename, __dirname) {${fs.readFileSync(outfile, 'latin1')}\n})`;
  const cachedData = fs.existsSync(codeFile) ? fs.readFileSync(codeFile) : undefined;
  const script = new vm.Script(source, { filename: outfile, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(outfile), module, outfile, path.dirname(outfile));
  // Written after the run, so that it contains the functions that the run used.
  if (cachedData === undefined || script.cachedDataRejected) replaceFile(codeFile, script.createCachedData());
}

/** Concurrent runs never see an incomplete file. */
function replaceFile(file, content) {
  const next = `${file}.${process.pid}`;
  fs.writeFileSync(next, content);
  fs.renameSync(next, file);
}
