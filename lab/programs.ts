/**
 * The real programs that check and run our manifests: the Go module of each, and the program for each of our images. The go.mod and go.sum
 * of each folder in `lab/tools` pin the versions; no version is repeated here.
 */
import { IMAGES, type ImageKey } from '../config/images';

/** A folder of `lab/tools` with one go.mod, and what is built from it. */
export interface GoModule {
  readonly folder: string;
  /** The required module whose version is the programs' version. */
  readonly from: string;
  /** The package of each program, by its name. */
  readonly programs: Readonly<Record<string, string>>;
  /** The release of a module version, if the module has another numbering. @default the same */
  readonly release?: (moduleVersion: string) => string;
  /** Go build tags. */
  readonly tags?: string;
  /** Variables that the linker sets, from the version. */
  readonly variables?: (version: string) => Readonly<Record<string, string>>;
  /** A program that embeds a file that is not in the module's archive. It is built from a copy of the module with that file. */
  readonly missing?: { readonly program: string; readonly file: string };
}

const KUBERNETES = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy', 'kubectl'];

/** Programs of the Prometheus organisation take the version for their metric and for `--version` from this variable. */
const prometheusVersion = (version: string) => ({ 'github.com/prometheus/common/version.Version': version });

/** Jaeger's module continues the numbers of Jaeger v1; the minor version of the v2 program in the same release is 63 lower. */
const JAEGER_V1_AHEAD = 63;

/** Everything that is built; the slowest build comes first. */
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
    // Only the service discoveries that our manifests use: the modules of some others are not available.
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
    // The web interface is built by another toolchain and is not part of the module.
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
  {
    folder: 'span-load',
    from: 'go.opentelemetry.io/collector/pdata',
    programs: { 'span-load': '.' },
  },
  { folder: 'sdk-go', from: 'go.opentelemetry.io/otel/sdk', programs: { 'sdk-go': '.' } },
  {
    folder: 'block-writer',
    from: 'github.com/prometheus/prometheus',
    programs: { 'block-writer': '.' },
  },
  {
    folder: 'rclone',
    from: 'github.com/rclone/rclone',
    programs: { rclone: '.' },
    variables: (version) => ({ 'github.com/rclone/rclone/fs.Version': `v${version}` }),
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
  // `make bench` compares its time with ours; no judge needs it.
  {
    folder: 'helm',
    from: 'helm.sh/helm/v3',
    programs: { helm: 'helm.sh/helm/v3/cmd/helm' },
  },
];

/** The previous release of a program: its folder and its name end in `-earlier`. */
function earlier(folder: string, program: string): GoModule {
  const module = GO_MODULES.find((candidate) => candidate.folder === folder);
  const source = module?.programs[program];
  if (module === undefined || source === undefined) throw new Error(`lab/tools/${folder} has no ${program}`);
  return { ...module, folder: `${folder}-earlier`, programs: { [`${program}-earlier`]: source } };
}

/** Previous releases, for the upgrade experiment. `make lab-build` does not build them; that experiment does. */
export const EARLIER_MODULES: readonly GoModule[] = [earlier('prometheus', 'prometheus'), earlier('jaeger', 'jaeger')];

/** The lab's content of one of our images. */
export interface ImageProgram {
  /** The program in the image; null: none is available, and the image has a stub that answers requests. */
  readonly program: string | null;
  /** Path of the program in the shipped image, from its entry point. */
  readonly path: string;
  /** User that the shipped image runs as. */
  readonly user: string;
  /** A remark if the program is not the shipped version. */
  readonly remark?: string;
  /** Further programs beside it, as in the shipped image. With them comes a shell. @default - none, and no shell */
  readonly tools?: readonly string[];
}

/** The real programs that ran with our manifests, by image. */
const PROGRAMS: Readonly<Partial<Record<ImageKey, ImageProgram>>> = {
  collector: { program: 'otelcol-contrib', path: '/otelcol-contrib', user: '10001' },
  // The shipped image is built on busybox, and has promtool (prometheus/prometheus, Dockerfile).
  prometheus: { program: 'prometheus', path: '/bin/prometheus', user: '65534', tools: ['promtool'] },
  alertmanager: { program: 'alertmanager', path: '/bin/alertmanager', user: '65534' },
  jaeger: {
    program: 'jaeger',
    path: '/cmd/jaeger/jaeger-linux',
    user: '10001',
    remark: '2.20.0 cannot be built from its modules; a schema checks its keys',
  },
  jaegerIndexCleaner: {
    program: null,
    path: '/go/bin/es-index-cleaner',
    user: '10001',
    remark: 'no OpenSearch or Elasticsearch was available',
  },
  kubeStateMetrics: { program: 'kube-state-metrics', path: '/kube-state-metrics', user: '65534' },
  nodeExporter: { program: 'node_exporter', path: '/bin/node_exporter', user: '65534' },
  backupTools: {
    program: null,
    path: '/bin/sh',
    user: '65534',
    remark: "the lab's has this machine's Python and busybox",
  },
  backupStore: { program: 'rclone', path: '/usr/local/bin/rclone', user: '65534' },
  grafana: { program: null, path: '/run.sh', user: '472', remark: 'no Grafana server was available' },
};

/** An image without a program here. */
const NOT_IN_LAB: ImageProgram = {
  program: null,
  path: '/program',
  user: '65534',
  remark: 'the lab has no such program',
};

/** The real program that ran with our manifests, for each image of the stack. */
export const IMAGE_PROGRAMS: Readonly<Record<ImageKey, ImageProgram>> = Object.fromEntries(
  (Object.keys(IMAGES) as ImageKey[]).map((key) => [key, PROGRAMS[key] ?? NOT_IN_LAB]),
) as Record<ImageKey, ImageProgram>;
