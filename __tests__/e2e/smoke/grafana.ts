/**
 * Stands for Grafana where there is no image of it: metrics, /api/health, and data sources for its administrator alone. It shows that the
 * smoke test asks as Grafana's documentation says, and nothing about Grafana.
 */
import { NODE_IMAGE } from '../../../lab/cluster/images';
import { HAS_GRAFANA } from '../stack';

/** The password is that of the init container, as in Grafana. */
const SERVER = `
const { readFileSync } = require('node:fs');
const read = (name) => readFileSync('/run/grafana/admin-' + name, 'utf8');
const administrator = 'Basic ' + Buffer.from(read('user') + ':' + read('password')).toString('base64');
require('node:http').createServer(({ url, headers }, response) => {
  if (url === '/metrics') return response.setHeader('content-type', 'text/plain').end('grafana_stand_in 1\\n');
  if (url.startsWith('/api/datasources') && headers.authorization !== administrator) response.statusCode = 401;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ database: 'ok', version: 'stand-in' }, null, 2));
}).listen(3000);
`;

const CONTAINER = '/spec/template/spec/containers/0';

/** Entries of `patches` in the environment file. */
export const GRAFANA: readonly object[] = HAS_GRAFANA
  ? []
  : [
      {
        kind: 'Deployment',
        name: 'grafana',
        json: [
          { op: 'replace', path: `${CONTAINER}/image`, value: NODE_IMAGE },
          { op: 'add', path: `${CONTAINER}/command`, value: ['node', '-e', SERVER] },
          { op: 'remove', path: `${CONTAINER}/args` },
        ],
      },
    ];
