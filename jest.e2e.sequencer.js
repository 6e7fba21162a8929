/**
 * The files of `make e2e`, the longest first: a long one that starts last would run alone at the end. Jest knows how long a file takes only
 * once it has run, and a fresh clone has run none.
 */
const { existsSync } = require('node:fs');
const { basename, join } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const FOLDER = join(__dirname, '__tests__/e2e');
const LONGEST_FIRST = ['e2e', 'smoke', 'backup', 'faults', 'mistakes', 'upgrades', 'backup-schedule', 'export'].map(
  (name) => `${name}.e2e.ts`,
);

const missing = LONGEST_FIRST.filter((file) => !existsSync(join(FOLDER, file)));
if (missing.length > 0) throw new Error(`${__filename} names files that are not in ${FOLDER}: ${missing.join(', ')}`);

module.exports = class LongestFirst extends Sequencer {
  /** @returns the files in their order; those that are not listed come first, as their time is not known */
  sort(tests) {
    const place = ({ path }) => LONGEST_FIRST.indexOf(basename(path));
    return [...tests].sort((one, other) => place(one) - place(other));
  }
};
