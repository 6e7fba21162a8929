/** The queries of panels alone: `node scripts/app.js scripts/bench/queries.ts`. */
import { benchQueries } from './queries-run';

benchQueries().catch((error: Error) => {
  console.error(`The queries of panels were NOT MEASURED: ${error.message}`);
  process.exitCode = 1;
});
