/** Alerts on failing GPU memory. */

import { query } from '../../runbooks/checks';
import type { AlertDefinition } from '../alert';
import { always, turning } from '../test-series';
import { GPU, LABELS, TAKE_OUT, USERS } from './gpu-checks';

const memoryErrors: AlertDefinition = {
  name: 'GpuMemoryErrors',
  owner: 'platform',
  severity: 'warning',
  for: '1m',
  rules: () => [
    {
      expr: 'increase(DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS[6h]) > 0',
      summary: `${GPU} has replaced rows of its memory after errors`,
      description: 'Errors that ECC could not correct; the rows are replaced by spare ones when the GPU is reset.',
    },
  ],
  runbook: () => ({
    meaning:
      'The memory of the GPU has had errors beyond what its error correction can mend. It has some spare rows for this.',
    impact: 'The program that read there was ended. Until the GPU is reset the row is not replaced.',
    check: [
      query('Rows replaced within a day.', 'increase(DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS[1d])'),
      query('Is none left? 1: yes.', 'DCGM_FI_DEV_ROW_REMAP_FAILURE'),
      USERS,
    ],
    mend: [
      'Restart the node when it can be spared: the row is replaced then.',
      'If rows go on failing, have the GPU replaced.',
    ],
  }),
  test: () => ({
    fires: { [`DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS${LABELS}`]: turning(1, 2) },
    quiet: { [`DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS${LABELS}`]: always(2) },
  }),
};

const rowRemapFailed: AlertDefinition = {
  name: 'GpuRowRemapFailed',
  owner: 'platform',
  severity: 'critical',
  for: '1m',
  rules: () => [
    {
      expr: 'DCGM_FI_DEV_ROW_REMAP_FAILURE > 0',
      summary: `${GPU} can no longer replace rows of its memory`,
      description: 'Its spare rows are used up: it must be replaced.',
    },
  ],
  runbook: () => ({
    meaning: 'A row of the memory has failed, and no spare one is left.',
    impact: 'Programs on this GPU end again and again, and may compute wrong results.',
    check: [query('Which GPUs.', 'DCGM_FI_DEV_ROW_REMAP_FAILURE > 0'), USERS],
    mend: [TAKE_OUT, 'Have the GPU replaced.'],
  }),
  test: () => ({
    fires: { [`DCGM_FI_DEV_ROW_REMAP_FAILURE${LABELS}`]: always(1) },
    quiet: { [`DCGM_FI_DEV_ROW_REMAP_FAILURE${LABELS}`]: always(0) },
  }),
};

/** Alerts on rows of memory. */
export const GPU_MEMORY: readonly AlertDefinition[] = [memoryErrors, rowRemapFailed];
