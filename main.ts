import { join } from 'node:path';
import { failWith } from './lib/fail';
import { buildStack, synthStack } from './stack/apps';
import { loadEnvironments } from './stack/load';
import { warningText } from './stack/warnings';

try {
  const configs = loadEnvironments(process.cwd());
  const outdir = process.env.CDK8S_OUTDIR ?? 'dist';
  const stacks = configs.map((config) => buildStack(config, join(outdir, config.environment)));
  for (const stack of stacks) synthStack(stack);
  process.stderr.write(configs.map(warningText).join(''));
} catch (error) {
  failWith(error);
}
