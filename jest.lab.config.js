/** Tests of the lab's judges, which need its programs: part of `make conformance`. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/__tests__/lab/**/*.lab.ts'],
  testTimeout: 180_000,
  // The work is done by other programs.
  maxWorkers: 2,
};
