/** What the lab needs of the machine itself. On Debian and its kin, run by root, it is installed; elsewhere it is asked for. */
import { has, must } from './commands';

/** Commands, to the Debian package that has each. */
const JUDGES = {
  etcd: 'etcd-server',
  openssl: 'openssl',
  python3: 'python3',
  pip3: 'python3-pip',
} as const;
const NODE = {
  containerd: 'containerd',
  runc: 'runc',
  '/usr/lib/cni/bridge': 'containernetworking-plugins',
  iptables: 'iptables',
  ipset: 'ipset',
  conntrack: 'conntrack',
  socat: 'socat',
  ip: 'iproute2',
  busybox: 'busybox-static',
} as const;

/** Makes sure of the commands that `make conformance` needs. @throws Error naming those that are missing and cannot be installed */
export function requireJudges(): Promise<void> {
  // Debian's is too old, so that it is not installed from there.
  if (!has('go')) throw new Error('go is missing: Go 1.26 or newer builds the programs, https://go.dev/doc/install');
  return requirePackages(JUDGES);
}

/** The same for a node of a cluster. @throws Error, also where this is not root on Linux */
export async function requireNode(): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error(
      'the lab runs a Kubernetes node: Linux and root. Elsewhere, name a cluster that you can spare: E2E_CONTEXT=kind-kind make e2e',
    );
  }
  await requirePackages(NODE);
}

async function requirePackages(packages: Readonly<Record<string, string>>): Promise<void> {
  const missing = Object.entries(packages).filter(([command]) => !has(command));
  if (missing.length === 0) return;
  const names = missing.map(([, name]) => name);
  if (!has('apt-get') || process.getuid?.() !== 0) {
    throw new Error(
      `missing: ${missing.map(([command]) => command).join(', ')}. On Debian: apt-get install ${names.join(' ')}`,
    );
  }
  console.log(`installing ${names.join(' ')}`);
  await must('apt-get', ['update', '-q']);
  // Not started by their packages: the lab starts its own.
  await must('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], {
    env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}
