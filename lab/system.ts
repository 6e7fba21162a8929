/** Commands that the lab needs on this machine. On Debian and its derivatives, root installs them; elsewhere an error names them. */
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

/** Makes sure that Go is there; Debian's is too old to be installed. @throws Error without it */
export function requireGo(): void {
  if (!has('go')) throw new Error('go is missing: Go 1.26 or newer builds the programs, https://go.dev/doc/install');
}

/** Makes sure that the commands for `make conformance` exist. @throws Error with those that are missing and cannot be installed */
export function requireJudges(): Promise<void> {
  requireGo();
  return requirePackages(JUDGES);
}

/** Makes sure that the commands for a cluster node exist. @throws Error if some are missing, or if this is not root on Linux */
export async function requireNode(): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error(
      'the lab runs a Kubernetes node, which needs root on Linux. Elsewhere, use a cluster for tests: E2E_CONTEXT=kind-kind make e2e',
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
  // The packages must not start services: the lab starts its own.
  await must('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], {
    env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}
