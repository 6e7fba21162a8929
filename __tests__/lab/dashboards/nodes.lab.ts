/** The dashboard of nodes in the real promtool, over series as node-exporter has them. */
import { nodes } from '../../../content/dashboards/boards/nodes';
import { show } from './judging';

const shows = (series: Readonly<Record<string, string>>, expected: Parameters<typeof show>[1]) =>
  show({ dashboard: nodes(), chosen: { node: '.*' }, series }, expected);

const EACH = 'x240';

test('the fullest disk of a node is none in memory', () => {
  const disk = (what: string, mountpoint: string, fstype = 'ext4') =>
    `node_filesystem_${what}{node="n",device="d",mountpoint="${mountpoint}",fstype="${fstype}"}`;
  const series = {
    [disk('size_bytes', '/')]: `100${EACH}`,
    [disk('avail_bytes', '/')]: `75${EACH}`,
    [disk('size_bytes', '/data')]: `100${EACH}`,
    [disk('avail_bytes', '/data')]: `25${EACH}`,
    [disk('size_bytes', '/run', 'tmpfs')]: `100${EACH}`,
    [disk('avail_bytes', '/run', 'tmpfs')]: `0${EACH}`,
  };
  return shows(series, {
    'Fullest disk': { '{}': 0.75 },
    'Each node': { 'Fullest disk': { '{node="n"}': 0.75 } },
    'File systems': { Full: { '{node="n",mountpoint="/"}': 0.25, '{node="n",mountpoint="/data"}': 0.75 } },
  });
});

test('broken packets are a share of those of a node, without its loopback', () => {
  const rates = { receive_packets: 6, transmit_packets: 4, receive_errs: 1, transmit_errs: 0 };
  const network = (what: string, device: string) => `node_network_${what}_total{node="n",device="${device}"}`;
  const series = Object.entries(rates).flatMap(([what, rate]) => [
    [network(what, 'eth0'), `0+${rate}${EACH}`],
    [network(what, 'lo'), `0+90${EACH}`],
  ]);
  return shows(Object.fromEntries(series), { 'Broken packets': { '{}': 0.1 } });
});
