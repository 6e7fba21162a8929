/** `npm run numbers`: prints the numbers in the README. */
import { failWith } from '../lib/fail';
import { buildStack } from '../stack/apps';
import { loadEnvironments } from '../stack/load';
import { numbersTable } from './numbers';

try {
  const built = loadEnvironments(process.cwd()).map((config) => ({ config, stack: buildStack(config, 'unused') }));
  process.stdout.write(`${numbersTable(built)}\n`);
} catch (error) {
  failWith(error);
}
