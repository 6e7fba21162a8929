import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_SCRIPT } from '../../../charts/grafana/admin';

// The script runs in a real shell, in folders of the test's own.
let root: string;
const path = (...parts: string[]) => join(root, ...parts);
const read = (...parts: string[]) => readFileSync(path(...parts), 'utf8');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'grafana-admin-'));
  for (const folder of ['data', 'run', 'secret']) mkdirSync(path(folder));
});
afterEach(() => rmSync(root, { recursive: true }));

const start = (user = 'admin') => {
  rmSync(path('run'), { recursive: true });
  mkdirSync(path('run'));
  const { status, stderr } = spawnSync(
    '/bin/sh',
    ['-c', ADMIN_SCRIPT, 'admin', path('data'), path('run'), path('secret'), user],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
};

test('the first start generates a password in a file with mode 0400, and later starts keep it', () => {
  start('root');
  const password = read('run', 'admin-password');
  expect(password).toMatch(/^[-\w]{32}$/);
  expect(read('data', '.admin-password')).toBe(password);
  expect(statSync(path('data', '.admin-password')).mode & 0o777).toBe(0o400);
  expect(statSync(path('run', 'admin-password')).mode & 0o777).toBe(0o400);
  expect(read('run', 'admin-user')).toBe('root');
  const secretKey = read('run', 'secret-key');
  expect(secretKey).not.toBe(password);
  start('root');
  expect(read('run', 'admin-password')).toBe(password);
  expect(read('run', 'secret-key')).toBe(secretKey);
});

test('two installations generate different passwords', () => {
  start();
  const first = read('run', 'admin-password');
  rmSync(path('data', '.admin-password'));
  start();
  expect(read('run', 'admin-password')).not.toBe(first);
});

test('a password in a Secret is used, and none is generated', () => {
  writeFileSync(path('secret', 'admin-user'), 'boss');
  writeFileSync(path('secret', 'admin-password'), 'from the secret');
  start();
  expect(read('run', 'admin-user')).toBe('boss');
  expect(read('run', 'admin-password')).toBe('from the secret');
  expect(() => read('data', '.admin-password')).toThrow();
});

test('a start that was killed half way is repaired by the next', () => {
  writeFileSync(path('data', '.admin-password'), '');
  writeFileSync(path('data', '.admin-password.new'), 'half');
  start();
  expect(read('run', 'admin-password')).toMatch(/^[-\w]{32}$/);
});

test('a user name with shell characters is not run by the shell', () => {
  start('a b $(id) "c"');
  expect(read('run', 'admin-user')).toBe('a b $(id) "c"');
});
