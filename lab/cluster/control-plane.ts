/** etcd and the API server: enough to validate manifests with all errors and warnings of a server. Needs neither root nor Linux. */
import { programPath } from '../cache';
import { ask, until } from '../commands';
import { type Addresses, writeCertificates } from './certificates';
import { SERVICE_NETWORK } from './node-config';
import type { State } from './processes';

/** Addresses of one control plane. */
export interface ControlPlane extends Addresses {
  /** Port of etcd on loopback. */
  readonly etcdPort: number;
}

/** Starts them in a new state, and waits until the API server is ready. @throws Error with its log if it is not ready after 60 s */
export async function startControlPlane(state: State, { host, port, etcdPort }: ControlPlane): Promise<void> {
  await writeCertificates(state, { host, port });
  const etcd = `http://127.0.0.1:${etcdPort}`;
  state.start('etcd', 'etcd', [
    '--data-dir=etcd',
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    // A single member needs no fixed peer port, which another etcd on this machine may use.
    '--listen-peer-urls=http://127.0.0.1:0',
    // The data is only for a test.
    '--unsafe-no-fsync',
  ]);
  state.start('kube-apiserver', programPath('kube-apiserver'), [
    `--etcd-servers=${etcd}`,
    `--secure-port=${port}`,
    `--advertise-address=${host}`,
    '--client-ca-file=pki/ca.crt',
    '--tls-cert-file=pki/apiserver.crt',
    '--tls-private-key-file=pki/apiserver.key',
    '--service-account-key-file=pki/sa.pub',
    '--service-account-signing-key-file=pki/sa.key',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-cluster-ip-range=${SERVICE_NETWORK}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--allow-privileged=true',
    '--kubelet-client-certificate=pki/admin.crt',
    '--kubelet-client-key=pki/admin.key',
    '--kubelet-preferred-address-types=InternalIP',
  ]);
  const ready = async () =>
    (await ask(programPath('kubectl'), [...adminArguments(state), 'get', '--raw', '/readyz'])).code === 0;
  try {
    await until(ready, 'the API server to be ready', 60);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${state.log('kube-apiserver')}${state.log('etcd')}`);
  }
}

/** Arguments with which kubectl is the cluster's administrator. */
export const adminArguments = (state: State): readonly string[] => ['--kubeconfig', state.path('pki/admin.conf')];

/** Starts the controllers: tokens, endpoints, volumes, and so on. */
export const startControllers = (state: State): void =>
  state.start('kube-controller-manager', programPath('kube-controller-manager'), [
    '--kubeconfig=pki/kcm.conf',
    '--service-account-private-key-file=pki/sa.key',
    '--root-ca-file=pki/ca.crt',
    '--use-service-account-credentials',
    '--leader-elect=false',
  ]);
