/** What the panels of nodes show, over series as node-exporter has them. */
import { fileSystems } from '../../../content/dashboards/boards/nodes-io';
import { brokenNow } from '../../../content/dashboards/boards/nodes-now';
import { eachNode } from '../../../content/dashboards/boards/nodes-usage';
import { returns, type Series } from './panels';

const EACH = 'x130';
const disk = (what: string, mountpoint: string, fstype = 'ext4') =>
  `node_filesystem_${what}{node="n",device="d",mountpoint="${mountpoint}",fstype="${fstype}"}`;
const DISKS: Series = {
  [disk('size_bytes', '/')]: `100${EACH}`,
  [disk('avail_bytes', '/')]: `75${EACH}`,
  [disk('size_bytes', '/data')]: `100${EACH}`,
  [disk('avail_bytes', '/data')]: `25${EACH}`,
  [disk('size_bytes', '/run', 'tmpfs')]: `100${EACH}`,
  [disk('avail_bytes', '/run', 'tmpfs')]: `0${EACH}`,
};

test('the fullest disk of a node is none in memory', () =>
  returns(DISKS, [
    { panel: eachNode(), legend: 'Fullest disk', samples: { '{node="n"}': 0.75 } },
    {
      panel: fileSystems(),
      legend: 'Full',
      samples: { '{node="n",mountpoint="/"}': 0.25, '{node="n",mountpoint="/data"}': 0.75 },
    },
  ]));

test('broken packets are a share of those of a node, without its loopback', () => {
  const rates = { receive_packets: 6, transmit_packets: 4, receive_errs: 1, transmit_errs: 0 };
  const network = (what: string, device: string) => `node_network_${what}_total{node="n",device="${device}"}`;
  const series = Object.entries(rates).flatMap(([what, rate]) => [
    [network(what, 'eth0'), `0+${rate}${EACH}`],
    [network(what, 'lo'), `0+90${EACH}`],
  ]);
  return returns(Object.fromEntries(series), [{ panel: brokenNow(), legend: 'broken', samples: { '{}': 0.1 } }]);
});
