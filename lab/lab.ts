/** The lab's commands: `node scripts/app.js lab/lab.ts build`. */
import { join } from 'node:path';
import { buildLab } from './build';
import { ROOT } from './cache';
import { labDown, labUp } from './cluster/lab-cluster';
import { conformance } from './conformance/conformance';
import { e2e } from './e2e';
import { faults } from './faults/faults';

const COMMANDS: Readonly<Record<string, () => Promise<unknown>>> = {
  build: buildLab,
  up: () => buildLab().then(labUp),
  down: labDown,
  e2e: async () => {
    if (!(await e2e())) process.exitCode = 1;
  },
  faults: async () => {
    await buildLab();
    if (!(await faults())) process.exitCode = 1;
  },
  conformance: async () => {
    await buildLab();
    if (!(await conformance(join(ROOT, 'dist'), ROOT))) process.exitCode = 1;
  },
};

const run = COMMANDS[process.argv[2] ?? ''];
if (run === undefined) {
  console.error(`usage: lab.ts ${Object.keys(COMMANDS).join(' | ')}`);
  process.exitCode = 2;
} else {
  run().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
