/** @type {import('jest').Config} */
module.exports = {
  // All cores: Jest leaves one free otherwise, which is half of a small machine.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }] },
  // What a shell may have set and cdk8s would read.
  setupFiles: ['<rootDir>/__tests__/support/pin-environment.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.build', '<rootDir>/dist'],
};
