/** Tests against a real cluster: `E2E_CONTEXT=name npm run test:cluster`. One after the other, since they share it. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/__tests__/cluster/*.cluster.ts'],
  testTimeout: 400_000,
  maxWorkers: 1,
};
