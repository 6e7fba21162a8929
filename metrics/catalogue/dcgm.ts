/** NVIDIA's DCGM exporter, with the metrics of its etc/default-counters.csv. `emitted` is from one exporter on a node with GPUs. */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge } = entriesOf('dcgm');
const extra = entriesOf('dcgm', { after: "the exporter's counters file lists it" });

/** Its container labels get the prefix `exported_` if they conflict with the target's labels. */
const GPU = {
  gpu: 'bounded',
  UUID: 'bounded',
  pci_bus_id: 'bounded',
  device: 'bounded',
  modelName: 'bounded',
  Hostname: 'bounded',
  DCGM_FI_DRIVER_VERSION: 'bounded',
  GPU_I_PROFILE: 'bounded',
  GPU_I_ID: 'bounded',
  exported_container: 'bounded',
  exported_namespace: 'bounded',
  exported_pod: 'bounded',
  container: 'bounded',
} as const;

/** GPUs. */
export const GPUS: readonly Metric[] = [
  gauge('DCGM_FI_DEV_SM_CLOCK', 'megahertz', GPU),
  gauge('DCGM_FI_DEV_MEM_CLOCK', 'megahertz', GPU),
  gauge('DCGM_FI_DEV_MEMORY_TEMP', 'celsius', GPU),
  gauge('DCGM_FI_DEV_GPU_TEMP', 'celsius', GPU),
  gauge('DCGM_FI_DEV_POWER_USAGE', 'watts', GPU),
  counter('DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION', 'millijoules', GPU),
  counter('DCGM_FI_DEV_PCIE_REPLAY_COUNTER', 'retries', GPU),
  gauge('DCGM_FI_DEV_GPU_UTIL', 'percent', GPU),
  gauge('DCGM_FI_DEV_MEM_COPY_UTIL', 'percent', GPU),
  gauge('DCGM_FI_DEV_ENC_UTIL', 'percent', GPU),
  gauge('DCGM_FI_DEV_DEC_UTIL', 'percent', GPU),
  gauge('DCGM_FI_DEV_XID_ERRORS', 'code of the last error', { ...GPU, err_code: 'bounded', err_msg: 'bounded' }),
  gauge('DCGM_FI_DEV_FB_FREE', 'mebibytes', GPU),
  gauge('DCGM_FI_DEV_FB_USED', 'mebibytes', GPU),
  counter('DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL', 'megabytes', GPU),
  gauge('DCGM_FI_DEV_VGPU_LICENSE_STATUS', 'status', GPU),
  counter('DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS', 'rows', GPU),
  counter('DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS', 'rows', GPU),
  gauge('DCGM_FI_DEV_ROW_REMAP_FAILURE', 'boolean', GPU),
  extra.counter('DCGM_FI_DEV_ECC_SBE_VOL_TOTAL', 'errors', GPU),
  extra.counter('DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', 'errors', GPU),
  extra.counter('DCGM_FI_DEV_THERMAL_VIOLATION', 'microseconds', GPU),
  extra.counter('DCGM_FI_DEV_POWER_VIOLATION', 'microseconds', GPU),
];
