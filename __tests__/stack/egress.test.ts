/** What the rendered policies let out, whatever range is configured. */
import { BlockList } from 'node:net';
import { render } from '../support';

interface Rule {
  readonly to?: readonly { readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] } }[];
}

const METADATA = ['169.254.169.254', '100.100.100.200', '168.63.129.16'];

const within = (address: string, ranges: readonly string[]) => {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', length] = range.split('/');
    if (!network.includes(':')) list.addSubnet(network, Number(length));
  }
  return list.check(address);
};

/** The blocks that the policies of an environment open, those of DNS on the node left out. */
const blocks = (text: string) =>
  render(text)
    .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name !== 'allow-dns')
    .flatMap(({ spec }) => (spec as { egress?: readonly Rule[] }).egress ?? [])
    .flatMap(({ to = [] }) => to)
    .flatMap(({ ipBlock }) => (ipBlock === undefined ? [] : [ipBlock]));

const URL = 'url: "https://m.example.com/x"';

describe.each(['0.0.0.0/0', '169.0.0.0/8', '100.64.0.0/10', '168.63.129.0/24', '128.0.0.0/1'])(
  'a range of %s',
  (range) => {
    test.each([
      ['of a remote write', `prometheus: {remoteWrite: [{name: m, ${URL}, cidr: ${range}}]}`],
      ['of a store that is asked', `prometheus: {query: {${URL}, cidr: ${range}}}`],
      ['of the API server', `cluster: {apiServer: {cidr: ${range}}}`],
      ['of the nodes', `cluster: {nodes: {cidr: ${range}}}`],
      ['of an egress rule', `network: {egress: [{from: grafana, host: example.com, port: 443, cidr: ${range}}]}`],
      ['of a mail server', `grafana: {smtp: {host: a.example.com, fromAddress: a@example.com, cidr: ${range}}}`],
      ['of a webhook', `alertmanager: {receivers: [{type: webhook, name: a, ${URL}, cidr: ${range}}]}`],
      ['of a trace store', `jaeger: {store: {type: cassandra, servers: [a.example.com], cidr: ${range}}}`],
    ])('%s opens no metadata address', (_what, text) => {
      const rendered = blocks(text);
      expect(rendered.map(({ cidr }) => cidr)).toContain(range);
      for (const { cidr, except = [] } of rendered) {
        for (const address of METADATA) expect(within(address, [cidr]) && !within(address, except)).toBe(false);
      }
    });
  },
);

test('a host that only looks like a Service opens no namespace', () => {
  const policies = JSON.stringify(
    render('prometheus: {remoteWrite: [{name: m, url: "http://x.kube-system.svc.evil.com/x"}]}').filter(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'prometheus',
    ),
  );
  expect(policies).not.toContain('kube-system');
});
