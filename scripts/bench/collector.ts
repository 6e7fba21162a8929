/** `node scripts/app.js scripts/bench/collector.ts [CONFIGURATION…]`: the part of `make bench` that measures the Collector. */
import { benchCollector } from './collector-cost';

benchCollector(process.argv.slice(2)).then(
  (met) => {
    if (!met) process.exitCode = 1;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
