import { join } from 'node:path';
import { buildStack, synthStack } from './charts';
import { loadEnvironments } from './config/load';
import { failWith } from './lib/fail';

try {
  const stacks = loadEnvironments(process.cwd()).map((config) =>
    buildStack(config, join(process.env.CDK8S_OUTDIR ?? 'dist', config.environment)),
  );
  for (const stack of stacks) synthStack(stack);
} catch (error) {
  failWith(error);
}
