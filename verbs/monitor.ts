/** The operator's commands: `make monitor-*` and `npm run connect`. */
import { setMaxListeners } from 'node:events';
import { loadVariables } from '../config/load-variables';
import { ConfigError } from '../config/problems';
import { readVerbSettings } from '../config/verb-settings';
import { loadEnvironment } from '../stack/load';
import { backup } from './backup/backup';
import { Interrupted } from './backup/process';
import { restore } from './backup/restore';
import { connect } from './connect';
import { commandsOf } from './context';
import { diff } from './diff';
import { down, downWithVolumes } from './down';
import { exportArchive } from './export';
import { GUARD, runGuard } from './guard';
import { KubectlError } from './kubectl-error';
import { logs } from './logs';
import { query } from './query/verb';
import { smokeTest } from './smoke/verb';
import { status } from './status';
import { mustEnd, say, VerbError } from './terminal';
import { up, type VerbInput, withDebugging } from './up';

type Verb = (input: VerbInput) => Promise<unknown>;

const VERBS: Readonly<Record<string, Verb>> = {
  up,
  dev: (input) => up({ ...input, config: withDebugging(input.config) }),
  down,
  'down-v': downWithVolumes,
  diff,
  logs,
  status,
  backup,
  restore,
  test: smokeTest,
  query,
  export: exportArchive,
  connect: async ({ config, settings, variables, words }) => {
    const { output, notes } = connect(config, variables, commandsOf(settings, settings.context), words);
    process.stdout.write(output);
    for (const note of notes) process.stderr.write(`${note}\n`);
  },
};

async function main([name = '', ...rest]: readonly string[]): Promise<void> {
  if (name === GUARD) return runGuard(rest);
  const verb = VERBS[name];
  if (verb === undefined) {
    const fix = `one of ${Object.keys(VERBS).join(', ')}`;
    throw new VerbError([{ what: `Unknown command ${JSON.stringify(name)}.`, fix }]);
  }
  const root = process.cwd();
  const settings = readVerbSettings(process.env);
  const variables = loadVariables(root, process.env);
  const config = loadEnvironment(root, settings.environment);
  const stop = new AbortController();
  // Each followed log adds a listener.
  setMaxListeners(0, stop.signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stop.abort();
      process.exitCode = 130;
      // A second signal exits at once, except from what must come to its end. Every command can be run again.
      process.on(signal, () => (mustEnd() === null ? process.exit(130) : say(`${mustEnd()}: this ends by itself`)));
    });
  }
  try {
    const isHealthy = await verb({ root, config, settings, variables, words: rest, signal: stop.signal });
    if (isHealthy === false && !stop.signal.aborted) process.exitCode = 1;
  } catch (error) {
    if (!isInterruption(error, stop.signal)) throw error;
  }
}

/** Whether a command has ended because of Ctrl-C. It reaches each kubectl too, which then says nothing. */
const isInterruption = (error: unknown, { aborted, reason }: AbortSignal): boolean =>
  aborted && (error === reason || (error instanceof KubectlError && error.stderr === ''));

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof Interrupted) {
    say('Interrupted.');
    process.exitCode = 130;
    return;
  }
  const isUserError = error instanceof VerbError || error instanceof ConfigError;
  if (error instanceof KubectlError && error.isUnreachable) {
    process.stderr.write(
      `${error.message}\n  fix  the API server is unreachable; when it is back, run the command again, and it continues where it stopped\n`,
    );
  } else {
    const isExpected =
      isUserError || error instanceof KubectlError || (error instanceof Error && error.name === 'StackError');
    process.stderr.write(
      `${isExpected ? (error as Error).message : error instanceof Error ? error.stack : String(error)}\n`,
    );
  }
  process.exitCode = 1;
});
