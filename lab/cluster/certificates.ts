/** The certificates of a short-lived cluster, and a kubeconfig for each client. */
import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { must } from '../commands';
import { NODE_NAME, NODE_USER } from './node-config';
import type { State } from './processes';

/** The clients of the API server, with their certificates' common name and organisation (Kubernetes: PKI certificates and requirements). */
const CLIENTS = {
  admin: { name: 'admin', organisation: 'system:masters' },
  kcm: { name: 'system:kube-controller-manager', organisation: 'lab' },
  scheduler: { name: 'system:kube-scheduler', organisation: 'lab' },
  proxy: { name: 'system:kube-proxy', organisation: 'lab' },
  node: { name: NODE_USER, organisation: 'system:nodes' },
} as const;

/** The address of an API server. */
export interface Addresses {
  /** Address for pods and for the kubelet's clients. */
  readonly host: string;
  /** Port of the API server. */
  readonly port: number;
}

/** Writes to the state's `pki` folder: ca, apiserver, sa, and `<client>.conf` for each client. */
export async function writeCertificates(state: State, { host, port }: Addresses): Promise<void> {
  const openssl = (...args: string[]) => must('openssl', args, { cwd: state.path('pki') });
  await openssl(
    ...'req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /CN=lab-ca -days 365 -out ca.crt'.split(' '),
  );
  const issue = async (file: string, name: string, organisation: string, names: readonly string[]) => {
    const subject = `/O=${organisation}/CN=${name}`;
    await openssl(
      ...'req -newkey rsa:2048 -nodes -keyout'.split(' '),
      `${file}.key`,
      '-subj',
      subject,
      '-out',
      `${file}.csr`,
    );
    const alternatives = names.length === 0 ? '' : `subjectAltName=${names.join(',')}\n`;
    writeFileSync(state.path('pki', `${file}.ext`), `${alternatives}extendedKeyUsage=serverAuth,clientAuth\n`);
    const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '365'];
    await openssl('x509', '-req', '-in', `${file}.csr`, ...by, '-extfile', `${file}.ext`, '-out', `${file}.crt`);
  };
  const services = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'localhost'].map(
    (name) => `DNS:${name}`,
  );
  await issue('apiserver', 'kube-apiserver', 'lab', [...services, 'IP:127.0.0.1', 'IP:10.214.0.1', `IP:${host}`]);
  for (const [file, { name, organisation }] of Object.entries(CLIENTS)) {
    await issue(file, name, organisation, file === 'node' ? [`DNS:${NODE_NAME}`, `IP:${host}`] : []);
    writeFileSync(state.path('pki', `${file}.conf`), stringify(kubeconfig(state, file, port)), { mode: 0o600 });
  }
  await openssl('genrsa', '-out', 'sa.key', '2048');
  await openssl('rsa', '-in', 'sa.key', '-pubout', '-out', 'sa.pub');
}

const kubeconfig = (state: State, client: string, port: number) => ({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'lab',
  clusters: [
    {
      name: 'lab',
      cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority': state.path('pki/ca.crt') },
    },
  ],
  users: [
    {
      name: client,
      user: {
        'client-certificate': state.path('pki', `${client}.crt`),
        'client-key': state.path('pki', `${client}.key`),
      },
    },
  ],
  contexts: [{ name: 'lab', context: { cluster: 'lab', user: client } }],
});
