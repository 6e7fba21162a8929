import { ask } from '../../lab/commands';

/** A program that starts after a while, and ends with 7 on SIGTERM. */
const SLOW = `process.on('SIGTERM', () => process.exit(7));
setTimeout(() => console.error('ready'), 300);
setTimeout(() => process.exit(1), 60_000);`;

const run = (script: string, started: string, within = 30) =>
  ask(process.execPath, ['-e', script], { stop: { started, after: 0.05, within } });

test('a program runs until it has printed the text, however long that takes, and ends with its own code', async () => {
  expect(await run(SLOW, 'ready')).toMatchObject({ code: 7, output: 'ready\n' });
});

test('a text that comes in two pieces is seen', async () => {
  const script = SLOW.replace(
    "console.error('ready')",
    "process.stdout.write('rea', () => process.stdout.write('dy'))",
  );
  expect(await run(script, 'ready')).toMatchObject({ code: 7, output: 'ready' });
});

test('one that ends by itself before that ends as it does', async () => {
  expect(await run("console.log('no'); process.exitCode = 3", 'ready')).toMatchObject({ code: 3, output: 'no\n' });
});

test('one that does not start in time is stopped', async () => {
  expect(await run("setInterval(() => undefined, 1000); console.log('no')", 'ready', 0.5)).toMatchObject({ code: 1 });
});
