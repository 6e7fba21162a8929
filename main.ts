import { join } from 'node:path';
import { buildStack, synthStack } from './charts';
import { loadEnvironments } from './config/load';
import { warningText } from './config/warnings';
import { failWith } from './lib/fail';

try {
  const configs = loadEnvironments(process.cwd());
  const outdir = process.env.CDK8S_OUTDIR ?? 'dist';
  const stacks = configs.map((config) => buildStack(config, join(outdir, config.environment)));
  for (const stack of stacks) synthStack(stack);
  process.stderr.write(configs.map(warningText).join(''));
} catch (error) {
  failWith(error);
}
