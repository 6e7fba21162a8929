/**
 * The real programs that judge our manifests and run under them: which there are, from which Go module, and which of our images each
 * stands for. Versions are pinned by the go.mod and go.sum of each folder in `lab/tools`, and written down nowhere else.
 */
import type { ImageKey } from '../config/images';

/** A folder of `lab/tools` with one go.mod, and what is built from it. */
export interface GoModule {
  readonly folder: string;
  /** The required module whose version is the programs' version. */
  readonly from: string;
  /** The name of each program, to its package. */
  readonly programs: Readonly<Record<string, string>>;
  /** The release that the module's version stands for, where the module is numbered otherwise. @default the same */
  readonly release?: (moduleVersion: string) => string;
  /** Go build tags. */
  readonly tags?: string;
  /** Variables that the linker sets, from the version. */
  readonly variables?: (version: string) => Readonly<Record<string, string>>;
  /** A program that embeds a file which the module's archive lacks: it is built from a copy of the module with that file. */
  readonly missing?: { readonly program: string; readonly file: string };
}

const KUBERNETES = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy', 'kubectl'];

/** Programs of the Prometheus organisation tell their version in a metric and in `--version` by this variable. */
const prometheusVersion = (version: string) => ({ 'github.com/prometheus/common/version.Version': version });

/** Jaeger's module is numbered as Jaeger v1 was; the v2 program of the same release is 63 minor versions behind it. */
const JAEGER_V1_AHEAD = 63;

/** Everything that is built, what takes longest first. */
export const GO_MODULES: readonly GoModule[] = [
  {
    folder: 'kubernetes',
    from: 'k8s.io/kubernetes',
    programs: Object.fromEntries(KUBERNETES.map((name) => [name, `k8s.io/kubernetes/cmd/${name}`])),
    variables: (version) => {
      const [major = '', minor = ''] = version.split('.');
      const component = 'k8s.io/component-base/version';
      return {
        [`${component}.gitVersion`]: `v${version}`,
        [`${component}.gitMajor`]: major,
        [`${component}.gitMinor`]: minor,
      };
    },
  },
  { folder: 'collector', from: 'go.opentelemetry.io/collector/otelcol', programs: { 'otelcol-contrib': '.' } },
  {
    folder: 'prometheus',
    from: 'github.com/prometheus/prometheus',
    release: (version) => version.replace(/^0\.(\d)0?(\d+)/, '$1.$2'),
    programs: {
      prometheus: 'github.com/prometheus/prometheus/cmd/prometheus',
      promtool: 'github.com/prometheus/prometheus/cmd/promtool',
    },
    // Of the service discoveries, only those that our manifests use: modules of the others cannot all be had.
    tags: 'remove_all_sd,enable_kubernetes_sd,enable_dns_sd,netgo',
    variables: prometheusVersion,
  },
  {
    folder: 'jaeger',
    from: 'github.com/jaegertracing/jaeger',
    release: (version) => version.replace(/^1\.(\d+)/, (_, minor: string) => `2.${Number(minor) - JAEGER_V1_AHEAD}`),
    variables: (version) => ({
      'github.com/jaegertracing/jaeger/internal/version.latestVersion': `v${version}`,
    }),
    programs: { jaeger: 'github.com/jaegertracing/jaeger/cmd/jaeger' },
  },
  {
    folder: 'coredns',
    from: 'github.com/coredns/coredns',
    programs: { coredns: 'github.com/coredns/coredns' },
  },
  {
    folder: 'alertmanager',
    from: 'github.com/prometheus/alertmanager',
    programs: {
      amtool: 'github.com/prometheus/alertmanager/cmd/amtool',
      alertmanager: 'github.com/prometheus/alertmanager/cmd/alertmanager',
    },
    variables: prometheusVersion,
    // The web interface is compiled by another toolchain and not part of the module.
    missing: { program: 'alertmanager', file: 'ui/app/dist/index.html' },
  },
  {
    folder: 'kube-state-metrics',
    from: 'k8s.io/kube-state-metrics/v2',
    programs: { 'kube-state-metrics': 'k8s.io/kube-state-metrics/v2' },
    variables: prometheusVersion,
  },
  {
    folder: 'node-exporter',
    from: 'github.com/prometheus/node_exporter',
    programs: { node_exporter: 'github.com/prometheus/node_exporter' },
    variables: prometheusVersion,
  },
  {
    folder: 'kube-score',
    from: 'github.com/zegl/kube-score',
    programs: { 'kube-score': 'github.com/zegl/kube-score/cmd/kube-score' },
  },
  {
    folder: 'network-policy',
    from: 'github.com/mattfenwick/cyclonus',
    programs: { 'network-policy': '.' },
  },
  { folder: 'grafana-reads', from: 'gopkg.in/ini.v1', programs: { 'grafana-reads': '.' } },
  {
    folder: 'yaml-reader',
    from: 'sigs.k8s.io/yaml',
    programs: { 'yaml-reader': '.' },
  },
  {
    folder: 'kubeconform',
    from: 'github.com/yannh/kubeconform',
    programs: { kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform' },
  },
];

/** What stands for one of our images on the lab's node. */
export interface StandIn {
  /** The program that runs in it; null: none could be had, and the image holds a shell that answers requests. */
  readonly program: string | null;
  /** Path of the program in the image that we ship, which its entry point names. */
  readonly path: string;
  /** User that the shipped image runs as. */
  readonly user: string;
  /** What to know where the program is not the shipped version. */
  readonly remark?: string;
}

/** The images of the stack, and the real program that was run under our manifests for each. */
export const STAND_INS: Readonly<Record<ImageKey, StandIn>> = {
  collector: { program: 'otelcol-contrib', path: '/otelcol-contrib', user: '10001' },
  prometheus: { program: 'prometheus', path: '/bin/prometheus', user: '65534' },
  alertmanager: { program: 'alertmanager', path: '/bin/alertmanager', user: '65534' },
  jaeger: {
    program: 'jaeger',
    path: '/cmd/jaeger/jaeger-linux',
    user: '10001',
    remark: '2.20.0 cannot be built from modules; its keys are checked by a schema',
  },
  jaegerIndexCleaner: {
    program: null,
    path: '/go/bin/es-index-cleaner',
    user: '10001',
    remark: 'no OpenSearch or Elasticsearch could be had',
  },
  kubeStateMetrics: { program: 'kube-state-metrics', path: '/kube-state-metrics', user: '65534' },
  nodeExporter: { program: 'node_exporter', path: '/bin/node_exporter', user: '65534' },
  grafana: { program: null, path: '/run.sh', user: '472', remark: 'no Grafana server could be had' },
};

/** The module that a program is built from. @throws Error for a program that is not in the table */
export function moduleOf(program: string): GoModule {
  const found = GO_MODULES.find(({ programs }) => program in programs);
  if (found === undefined) throw new Error(`${program} is not in lab/programs.ts`);
  return found;
}

/**
 * The version that a go.mod pins, as the program calls itself: `v1.34.4` is 1.34.4, Prometheus' module v0.316.0 is 3.16.0, and
 * Jaeger's v1.76.0 is 2.13.0.
 * @param goMod the text of the module's go.mod
 * @throws Error where it does not require the module
 */
export function versionOf({ from, folder, release = (version) => version }: GoModule, goMod: string): string {
  const required = goMod.split('\n').find((line) => line.replace('require ', '').trim().startsWith(`${from} v`));
  const version = required?.match(/ v(\d\S*)/)?.[1];
  if (version === undefined) throw new Error(`lab/tools/${folder}/go.mod does not require ${from}`);
  return release(version);
}

/** For each image: what has run under our manifests, as the README says it. */
export function testedWith(image: ImageKey, goModOf: (folder: string) => string): string {
  const { program, remark } = STAND_INS[image];
  if (program === null) return `not tested: ${remark}`;
  const module = moduleOf(program);
  const version = `${versionOf(module, goModOf(module.folder))}, built from its Go module`;
  return remark === undefined ? version : `${version} (${remark})`;
}
