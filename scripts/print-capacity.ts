/** `npm run capacity`: prints how the sizes of an environment are computed. `ENVIRONMENT=production` picks another. */
import { readVerbSettings } from '../config/verb-settings';
import { failWith } from '../lib/fail';
import { loadEnvironment } from '../stack/load';
import { capacityText } from './capacity-text';

try {
  const { environment } = readVerbSettings(process.env);
  process.stdout.write(capacityText(loadEnvironment(process.cwd(), environment)));
} catch (error) {
  failWith(error);
}
