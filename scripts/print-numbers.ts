/** `npm run numbers`: prints the numbers in the README. */
import { buildStack } from '../charts';
import { loadEnvironments } from '../config/load';
import { failWith } from '../lib/fail';
import { numbersTable } from './numbers';

try {
  const built = loadEnvironments(process.cwd()).map((config) => ({ config, stack: buildStack(config, 'unused') }));
  process.stdout.write(`${numbersTable(built)}\n`);
} catch (error) {
  failWith(error);
}
