/** Alerts on GPUs, from the counters that NVIDIA's DCGM exporter has by default (its etc/default-counters.csv). */

import { query } from '../../runbooks/checks';
import type { AlertDefinition } from '../alert';
import { above, always, below, turning } from '../test-series';
import { GPU, LABELS, TAKE_OUT, USERS } from './gpu-checks';

const xidError: AlertDefinition = {
  name: 'GpuXidError',
  owner: 'platform',
  severity: 'warning',
  for: '1m',
  rules: () => [
    {
      // The gauge holds the last code until the exporter restarts, so the alert checks for a change.
      expr: 'DCGM_FI_DEV_XID_ERRORS != 0 and changes(DCGM_FI_DEV_XID_ERRORS[1h]) > 0',
      summary: `${GPU} has reported the error XID {{ $value }}`,
      description: 'The driver has reported an error of this GPU within the last hour.',
    },
  ],
  runbook: () => ({
    meaning:
      'The driver of the GPU has logged an error. Its number says what it is: 13, 31, 43 and 45 are mostly faults of the program; 48, 63, 64, 74, 79, 94 and 95 of the hardware (https://docs.nvidia.com/deploy/xid-errors/).',
    impact: 'The program on this GPU may have ended or hang; after 79 the GPU is gone until the node restarts.',
    check: [
      query('The last error of each GPU.', 'DCGM_FI_DEV_XID_ERRORS != 0'),
      USERS,
      {
        look: 'The message of the driver, on the node.',
        command: 'kubectl debug node/NODE -it --image=busybox -- chroot /host dmesg | grep -i xid',
      },
    ],
    mend: [
      'A fault of the program: restart its pod, and look whether it comes back.',
      `A fault of the hardware: ${TAKE_OUT.toLowerCase()} Restart the node; if it comes back, have the GPU replaced.`,
    ],
  }),
  test: () => ({
    fires: { [`DCGM_FI_DEV_XID_ERRORS${LABELS}`]: turning(0, 79) },
    quiet: { [`DCGM_FI_DEV_XID_ERRORS${LABELS}`]: always(79) },
  }),
};

const temperatureHigh: AlertDefinition = {
  name: 'GpuTemperatureHigh',
  owner: 'platform',
  severity: 'warning',
  for: '5m',
  threshold: { value: 85, unit: 'degrees Celsius', min: 40, max: 105 },
  rules: (threshold) => [
    {
      expr: `DCGM_FI_DEV_GPU_TEMP > ${threshold}`,
      summary: `${GPU} is {{ $value }} °C hot`,
      description: `More than ${threshold} °C. Most GPUs slow down at about 87 °C, and switch off a few degrees above.`,
    },
  ],
  runbook: (_at, _, isOn) => ({
    meaning: 'The GPU is not cooled enough for what it computes.',
    impact: `It slows down${isOn('VllmInterTokenLatencyHigh') ? ': see VllmInterTokenLatencyHigh' : ''}. In the end it switches off.`,
    check: [
      query('All GPUs: one, or all of a node?', 'DCGM_FI_DEV_GPU_TEMP'),
      query('What they draw, in watts.', 'DCGM_FI_DEV_POWER_USAGE'),
    ],
    mend: [
      'All of a node: look at its fans and at the air in the room.',
      'One: clean it, or have it replaced.',
      'Until then lower its power: `nvidia-smi -pl WATTS` on the node.',
    ],
  }),
  test: (threshold) => ({
    fires: { [`DCGM_FI_DEV_GPU_TEMP${LABELS}`]: always(above(threshold)) },
    quiet: { [`DCGM_FI_DEV_GPU_TEMP${LABELS}`]: always(below(threshold)) },
  }),
};

const memory = (percent: number) => ({
  [`DCGM_FI_DEV_FB_USED${LABELS}`]: always(percent),
  [`DCGM_FI_DEV_FB_FREE${LABELS}`]: always(100 - percent),
});

const memoryFull: AlertDefinition = {
  name: 'GpuMemoryFull',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  threshold: { value: 95, unit: 'percent', min: 10, max: 95 },
  rules: (threshold) => [
    {
      expr: `DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE) > ${threshold / 100}`,
      summary: `The memory of ${GPU} is {{ $value | humanizePercentage }} full`,
      description: `More than ${threshold} %. vLLM takes 90 % by itself, as it is set by default; what is above that is something else.`,
    },
  ],
  runbook: (_, threshold) => ({
    meaning: 'Almost no memory is left on the GPU.',
    impact: 'What asks for more ends with "CUDA out of memory": a larger batch, a second model.',
    check: [query('Free memory, in MiB.', 'DCGM_FI_DEV_FB_FREE'), USERS],
    mend: [
      'If two programs share the GPU, give each its own, or lower `--gpu-memory-utilization` of vLLM.',
      `If vLLM alone is set to take more than ${threshold} %, raise \`alerts.rules.GpuMemoryFull.threshold\` or switch the alert off.`,
    ],
  }),
  test: (threshold) => ({ fires: memory(above(threshold)), quiet: memory(below(threshold)) }),
};

/** Alerts on GPUs as a whole. */
export const GPUS: readonly AlertDefinition[] = [xidError, temperatureHigh, memoryFull];
