/** Disks and networks of a node, as node_exporter 1.12.1 serves them on Linux. See node-exporter.ts. */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, info } = entriesOf('nodeExporter');
/** Metrics that some kernels and nodes lack. */
const some = entriesOf('nodeExporter', { after: 'the kernel of the node reports it' });

const DEVICE = { device: 'bounded' } as const;
const FILESYSTEM = { ...DEVICE, device_error: 'bounded', fstype: 'bounded', mountpoint: 'bounded' } as const;

/** Disks and file systems. */
export const NODE_DISK: readonly Metric[] = [
  some.info('node_disk_info', {
    device: 'bounded',
    major: 'bounded',
    minor: 'bounded',
    model: 'bounded',
    path: 'bounded',
    revision: 'bounded',
    rotational: 'bounded',
    serial: 'bounded',
    wwn: 'bounded',
  }),
  some.gauge('node_disk_io_now', 'operations', DEVICE),
  some.counter('node_disk_io_time_seconds_total', 'seconds', DEVICE),
  some.counter('node_disk_io_time_weighted_seconds_total', 'seconds', DEVICE),
  some.counter('node_disk_read_bytes_total', 'bytes', DEVICE),
  some.counter('node_disk_read_time_seconds_total', 'seconds', DEVICE),
  some.counter('node_disk_reads_completed_total', 'reads', DEVICE),
  some.counter('node_disk_reads_merged_total', 'reads', DEVICE),
  some.counter('node_disk_write_time_seconds_total', 'seconds', DEVICE),
  some.counter('node_disk_writes_completed_total', 'writes', DEVICE),
  some.counter('node_disk_writes_merged_total', 'writes', DEVICE),
  some.counter('node_disk_written_bytes_total', 'bytes', DEVICE),
  gauge('node_filefd_allocated', 'files'),
  gauge('node_filefd_maximum', 'files'),
  gauge('node_filesystem_avail_bytes', 'bytes', FILESYSTEM),
  gauge('node_filesystem_device_error', 'boolean', FILESYSTEM),
  gauge('node_filesystem_files', 'inodes', FILESYSTEM),
  gauge('node_filesystem_files_free', 'inodes', FILESYSTEM),
  gauge('node_filesystem_free_bytes', 'bytes', FILESYSTEM),
  gauge('node_filesystem_readonly', 'boolean', FILESYSTEM),
  gauge('node_filesystem_size_bytes', 'bytes', FILESYSTEM),
];

/** Network. */
export const NODE_NETWORK: readonly Metric[] = [
  counter('node_netstat_TcpExt_ListenDrops', 'segments'),
  counter('node_netstat_TcpExt_ListenOverflows', 'segments'),
  counter('node_netstat_TcpExt_TCPSynRetrans', 'segments'),
  counter('node_netstat_TcpExt_TCPTimeouts', 'segments'),
  gauge('node_netstat_Tcp_CurrEstab', 'connections'),
  counter('node_netstat_Tcp_InErrs', 'segments'),
  counter('node_netstat_Tcp_InSegs', 'segments'),
  counter('node_netstat_Tcp_OutSegs', 'segments'),
  counter('node_netstat_Tcp_RetransSegs', 'segments'),
  counter('node_netstat_Udp_InDatagrams', 'datagrams'),
  counter('node_netstat_Udp_InErrors', 'datagrams'),
  counter('node_netstat_Udp_NoPorts', 'datagrams'),
  counter('node_netstat_Udp_RcvbufErrors', 'datagrams'),
  gauge('node_network_carrier', 'boolean', DEVICE),
  counter('node_network_carrier_changes_total', 'changes', DEVICE),
  counter('node_network_carrier_down_changes_total', 'changes', DEVICE),
  counter('node_network_carrier_up_changes_total', 'changes', DEVICE),
  info('node_network_info', {
    address: 'bounded',
    adminstate: 'fixed',
    broadcast: 'bounded',
    device: 'bounded',
    duplex: 'fixed',
    ifalias: 'bounded',
    operstate: 'fixed',
  }),
  gauge('node_network_mtu_bytes', 'bytes', DEVICE),
  counter('node_network_receive_bytes_total', 'bytes', DEVICE),
  counter('node_network_receive_compressed_total', 'packets', DEVICE),
  counter('node_network_receive_drop_total', 'packets', DEVICE),
  counter('node_network_receive_errs_total', 'packets', DEVICE),
  counter('node_network_receive_fifo_total', 'packets', DEVICE),
  counter('node_network_receive_frame_total', 'packets', DEVICE),
  counter('node_network_receive_multicast_total', 'packets', DEVICE),
  counter('node_network_receive_nohandler_total', 'packets', DEVICE),
  counter('node_network_receive_packets_total', 'packets', DEVICE),
  gauge('node_network_speed_bytes', 'bytes', DEVICE),
  counter('node_network_transmit_bytes_total', 'bytes', DEVICE),
  counter('node_network_transmit_carrier_total', 'packets', DEVICE),
  counter('node_network_transmit_colls_total', 'packets', DEVICE),
  counter('node_network_transmit_compressed_total', 'packets', DEVICE),
  counter('node_network_transmit_drop_total', 'packets', DEVICE),
  counter('node_network_transmit_errs_total', 'packets', DEVICE),
  counter('node_network_transmit_fifo_total', 'packets', DEVICE),
  counter('node_network_transmit_packets_total', 'packets', DEVICE),
  gauge('node_network_transmit_queue_length', 'packets', DEVICE),
  gauge('node_network_up', 'boolean', DEVICE),
  gauge('node_sockstat_TCP6_inuse', 'sockets'),
  gauge('node_sockstat_TCP_alloc', 'sockets'),
  gauge('node_sockstat_TCP_inuse', 'sockets'),
  gauge('node_sockstat_TCP_mem', 'pages'),
  gauge('node_sockstat_TCP_mem_bytes', 'bytes'),
  gauge('node_sockstat_TCP_orphan', 'sockets'),
  gauge('node_sockstat_TCP_tw', 'sockets'),
  gauge('node_sockstat_UDP_inuse', 'sockets'),
  gauge('node_sockstat_sockets_used', 'sockets'),
];
