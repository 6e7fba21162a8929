/** `node scripts/app.js scripts/bench/collector.ts [CONFIGURATION…]`: the part of `make bench` that measures the Collector. */
import { benchCollector } from './collector-cost';

benchCollector(process.argv.slice(2));
