/** What to look at by hand, for each symptom: the first steps of a section of docs/troubleshooting.md. */
import type { At, Section } from './cause';

/** A step with its command. */
export interface Step {
  readonly look: string;
  readonly command: string;
}

/** The steps of a section. */
export const guideOf = (at: At, section: Section): readonly Step[] => GUIDES[section](at);

const GUIDES: Readonly<Record<Section, (at: At) => readonly Step[]>> = {
  start: ({ commands: { kubectl, make }, places: { namespace } }) => [
    { look: 'What is not ready, why, and what to do next.', command: make('monitor-status') },
    { look: 'The pods and the events of the namespace.', command: kubectl(`-n ${namespace} get pods`) },
    { look: 'The logs of every program.', command: make('monitor-logs') },
    {
      look: 'Restore what is rendered. It keeps the data.',
      command: make('monitor-up'),
    },
    {
      look: 'Start again with empty claims. This deletes all data but the scheduled backups, after you have confirmed it.',
      command: make('monitor-down-v'),
    },
  ],
  storage: ({ commands: { kubectl }, places: { namespace } }) => [
    { look: 'The claims and their StorageClasses.', command: kubectl(`-n ${namespace} get pvc`) },
    { look: 'The StorageClasses; one is marked (default).', command: kubectl('get storageclass') },
    { look: 'Why a claim waits.', command: kubectl(`-n ${namespace} describe pvc`) },
  ],
  metrics: ({ commands: { kubectl, make }, places: { namespace, collector, prometheus } }) => [
    {
      look: 'Whether the Collector runs.',
      command: kubectl(`-n ${namespace} get pods -l ${collector.selector}`),
    },
    {
      look: `Whether the targets are up: forward the port, and open http://localhost:${prometheus.port}/targets.`,
      command: kubectl(`-n ${namespace} port-forward svc/${prometheus.service} ${prometheus.port}`),
    },
    {
      look: 'Whether the services send at all: their variables are compared with what they read.',
      command: make('monitor-status'),
    },
  ],
  traces: ({ commands: { kubectl }, places: { namespace, collector, jaegerReader, janServer } }) => [
    {
      look: 'Whether the Collector can export to Jaeger: an error names the exporter otlp_http/jaeger.',
      command: kubectl(`-n ${namespace} logs -l ${collector.selector} --tail=50`),
    },
    {
      look: 'Whether Jaeger writes.',
      command: kubectl(`-n ${jaegerReader.namespace} logs -l ${jaegerReader.selector} --tail=50`),
    },
    ...(janServer === null
      ? []
      : [
          {
            look: 'What a service of Jan Server is configured with.',
            command: kubectl(`-n ${janServer.namespace} set env deployment/${janServer.application}-llm-api --list`),
          },
        ]),
  ],
  grafana: ({ commands: { kubectl }, places: { namespace, grafana } }) => [
    {
      look: 'What Grafana says about its data sources.',
      command: kubectl(`-n ${namespace} logs -l ${grafana.selector} --tail=50`),
    },
    {
      look: 'The provisioned data sources.',
      command: kubectl(
        `-n ${namespace} exec deploy/${grafana.service} -c grafana -- ls -la /etc/grafana/provisioning/datasources`,
      ),
    },
    { look: 'Restart Grafana.', command: kubectl(`-n ${namespace} rollout restart deploy/${grafana.service}`) },
  ],
  data: ({ commands: { kubectl }, places: { namespace } }) => [
    { look: 'The age and the size of the claims.', command: kubectl(`-n ${namespace} get pvc`) },
  ],
  alerts: ({ commands: { kubectl }, places: { namespace, alertmanager } }) =>
    alertmanager === null
      ? []
      : [
          {
            look: 'What Alertmanager could not send, and why.',
            command: kubectl(`-n ${namespace} logs -l ${alertmanager.selector} --tail=50`),
          },
        ],
  drift: ({ commands: { kubectl, make }, places: { environment } }) => [
    {
      look: 'What differs from what is rendered.',
      command: kubectl(`diff --server-side -f dist/${environment}/keep -f dist/${environment}`),
    },
    { look: 'Restore what is rendered.', command: make('monitor-up') },
  ],
  checks: ({ commands: { kubectl } }) => [{ look: 'Who you are for the cluster.', command: kubectl('auth whoami') }],
};
