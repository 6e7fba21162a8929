/** Row of LLM serving: GPUs, where NVIDIA's DCGM exporter is scraped (dcgm-exporter, etc/default-counters.csv). */
import { selector } from '../../../metrics/spans';
import { SHOWN } from '../parts/range';
import type { Lines, Row, Table } from '../spec';
import { UNITS } from '../units';
import { CHOSEN_HOSTS } from './llm-variables';

const NO_GPU = 'No metrics: is the DCGM exporter up, and does its configuration list this field?';
const LEGEND = '{{Hostname}} GPU {{gpu}}';
const byGpu = (metric: string) => `max by (Hostname, gpu) (${selector(metric, CHOSEN_HOSTS)})`;

const utilisation = (): Lines => ({
  kind: 'lines',
  title: 'GPU utilisation',
  description: 'Share of the time in which a kernel ran. It says nothing of how much of the GPU that kernel used',
  unit: UNITS.percent,
  noData: NO_GPU,
  max: 100,
  queries: [{ expr: byGpu('DCGM_FI_DEV_GPU_UTIL'), legend: LEGEND }],
});

const memory = (): Lines => ({
  kind: 'lines',
  title: 'GPU memory in use',
  description: 'Share of the frame buffer that is taken. vLLM takes what gpu-memory-utilization says, idle or not',
  unit: UNITS.share,
  noData: NO_GPU,
  max: 1,
  queries: [
    {
      expr: `${byGpu('DCGM_FI_DEV_FB_USED')} / (${byGpu('DCGM_FI_DEV_FB_USED')} + ${byGpu('DCGM_FI_DEV_FB_FREE')})`,
      legend: LEGEND,
    },
  ],
});

const temperature = (): Lines => ({
  kind: 'lines',
  title: 'GPU temperature',
  description: 'Most data centre GPUs slow down from about 85 °C on',
  unit: UNITS.celsius,
  noData: NO_GPU,
  limits: { warning: 80, critical: 85 },
  queries: [{ expr: byGpu('DCGM_FI_DEV_GPU_TEMP'), legend: LEGEND }],
});

const power = (): Lines => ({
  kind: 'lines',
  title: 'GPU power',
  description: 'Electrical power that each GPU draws',
  unit: UNITS.watt,
  noData: NO_GPU,
  queries: [{ expr: byGpu('DCGM_FI_DEV_POWER_USAGE'), legend: LEGEND }],
});

const errors = (): Lines => ({
  kind: 'lines',
  title: 'GPU errors (XID)',
  description:
    "Number of the last XID error of each GPU; 0: none. It stays until the exporter restarts. NVIDIA's list of XIDs says what each means",
  unit: UNITS.number,
  noData: NO_GPU,
  queries: [{ expr: byGpu('DCGM_FI_DEV_XID_ERRORS'), legend: LEGEND }],
});

const rows = (): Table => ({
  kind: 'table',
  title: 'Broken rows of GPU memory',
  description:
    'Rows that had an error which could not be corrected, and were replaced by spare ones, in the time range of the dashboard. A GPU whose spare rows are used up must be replaced',
  unit: UNITS.count,
  noData: NO_GPU,
  columns: { Hostname: 'Host', gpu: 'GPU' },
  queries: [
    {
      expr: `max by (Hostname, gpu) (round(increase(${selector('DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS', CHOSEN_HOSTS)}[${SHOWN}])))`,
      legend: 'Replaced',
    },
    { expr: byGpu('DCGM_FI_DEV_ROW_REMAP_FAILURE'), legend: 'Spare rows' },
  ],
  cells: {
    GPU: { width: 70 },
    'Spare rows': { show: 'colour', words: { 0: 'left', 1: 'used up' }, limits: { warning: 1, critical: 1 } },
  },
  sortBy: 'Replaced',
});

/** GPUs. */
export const gpuRow: Row = {
  title: 'Are the GPUs busy?',
  closed: true,
  panels: [utilisation(), memory(), temperature(), power(), errors(), rows()],
};
