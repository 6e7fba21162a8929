/**
 * The stack in a cluster, step by step: `make e2e`. The first step that fails ends its file, since the others go on from it. The files run
 * at the same time, each with a stack and namespaces of its own.
 */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/__tests__/e2e/*.e2e.ts'],
  testTimeout: 400_000,
  maxWorkers: 3,
  testSequencer: '<rootDir>/jest.e2e.sequencer.js',
  testEnvironment: '<rootDir>/__tests__/e2e/environment.ts',
};
