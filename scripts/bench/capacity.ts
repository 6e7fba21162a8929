/** The coefficients of capacity alone: `node scripts/app.js scripts/bench/capacity.ts [parts]`. */
import { benchCapacity } from './capacity-run';

benchCapacity(process.argv.slice(2)).catch((error: Error) => {
  console.error(`Capacity was NOT MEASURED: ${error.message}`);
  process.exitCode = 1;
});
