/** What samples take in Prometheus' blocks, which its own packages write. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder, programPath } from '../../lab/cache';
import { must } from '../../lab/commands';
import { diskBytes } from './disk';
import type { Series } from './queries-series';

/** A moment at which blocks end. */
const END = Date.UTC(2026, 0, 1, 12);

/** What was measured. */
export interface Blocks {
  readonly samples: number;
  readonly diskBytes: number;
}

/** Writes blocks of two hours. @param hours of samples @param seconds between two of a series */
export async function measureBlocks(series: readonly Series[], hours: number, seconds: number): Promise<Blocks> {
  const folder = ownFolder('bench');
  try {
    const blocks = join(folder, 'blocks');
    const every = seconds * 1000;
    const input = series.map((one) => JSON.stringify({ ...one, every, offset: one.offset % every })).join('\n');
    const args = [blocks, `${END - hours * 3_600_000}`, `${END}`];
    const { samples } = JSON.parse(await must(programPath('block-writer'), args, { input })) as { samples: number };
    return { samples, diskBytes: diskBytes(blocks) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
