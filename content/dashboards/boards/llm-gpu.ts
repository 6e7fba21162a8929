/** Row of LLM serving: GPUs, where NVIDIA's DCGM exporter is scraped (dcgm-exporter, etc/default-counters.csv). */
import type { Lines, Row } from '../spec';

const NO_GPU = 'No metrics: is the DCGM exporter up, and does its configuration list this field?';
const LEGEND = '{{Hostname}} GPU {{gpu}}';
const byGpu = (expr: string) => `max by (Hostname, gpu) (${expr})`;

const utilisation = (): Lines => ({
  kind: 'lines',
  title: 'GPU utilisation',
  description: 'Share of the time in which a kernel ran. It says nothing of how much of the GPU that kernel used',
  unit: 'percent',
  noData: NO_GPU,
  max: 100,
  queries: [{ expr: byGpu('DCGM_FI_DEV_GPU_UTIL'), legend: LEGEND }],
});

const memory = (): Lines => ({
  kind: 'lines',
  title: 'GPU memory in use',
  description: 'Share of the frame buffer that is taken. vLLM takes what gpu-memory-utilization says, idle or not',
  unit: 'percentunit',
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
  unit: 'celsius',
  noData: NO_GPU,
  limits: { warning: 80, critical: 85 },
  queries: [{ expr: byGpu('DCGM_FI_DEV_GPU_TEMP'), legend: LEGEND }],
});

const power = (): Lines => ({
  kind: 'lines',
  title: 'GPU power',
  description: 'Electrical power that each GPU draws',
  unit: 'watt',
  noData: NO_GPU,
  queries: [{ expr: byGpu('DCGM_FI_DEV_POWER_USAGE'), legend: LEGEND }],
});

const errors = (): Lines => ({
  kind: 'lines',
  title: 'GPU errors (XID)',
  description: "Number of the last XID error of each GPU; 0: none. NVIDIA's list of XIDs says what each means",
  unit: 'none',
  noData: NO_GPU,
  queries: [{ expr: byGpu('DCGM_FI_DEV_XID_ERRORS'), legend: LEGEND }],
});

/** GPUs. */
export const gpuRow: Row = { title: 'GPUs', panels: [utilisation(), memory(), temperature(), power(), errors()] };
