/** The stack in a cluster, step by step: `make e2e`. The first step that fails ends the run, since the others go on from it. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/__tests__/e2e/*.e2e.ts'],
  testTimeout: 400_000,
  maxWorkers: 1,
  testEnvironment: '<rootDir>/__tests__/e2e/environment.ts',
};
