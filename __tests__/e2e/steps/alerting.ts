import { apply, kubectl, until } from '../../cluster/cluster';
import { get } from '../apis';
import { startPod } from '../pods';
import { JAN, NAMESPACE, note, OVERLAY, projectWith, up } from '../stack';
import { PROJECT } from './first-up';

/** A notification, as Alertmanager posts it (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config). */
interface Notification {
  readonly receiver: string;
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

const WEBHOOK = 'e2e-webhook';
const PORT = 8080;
const URL_OF = (path: string) => `http://${WEBHOOK}.${JAN}.svc:${PORT}${path}`;

/** An alert end to end: from one of our rules to the receiver. */
export function alerting(): void {
  const project = projectWith(OVERLAY, {
    alertmanager: {
      receivers: [{ type: 'webhook', name: 'on-call', url: URL_OF('/alerts') }],
      groupWait: '1s',
      groupInterval: '10s',
      deadMansSwitch: { url: URL_OF('/heartbeat') },
    },
    alerts: { rules: { TargetMissing: { for: '1m' } } },
  });
  const toldAt = (path: string) => get<readonly Notification[]>({ namespace: JAN, service: WEBHOOK, port: PORT }, path);
  /** What was said of the alert about Jaeger. */
  const received = async (status: 'firing' | 'resolved') =>
    (await toldAt('/alerts'))
      .flatMap(({ receiver, alerts }) => alerts.map((alert) => ({ receiver, ...alert })))
      .filter(({ status: said, labels }) => said === status && labels.alertname === 'TargetMissing')
      .filter(({ labels }) => labels.job === 'jaeger');
  const scale = (replicas: number) =>
    kubectl(['-n', NAMESPACE, 'scale', 'deployment/jaeger', `--replicas=${replicas}`]);

  test('the receiver is running', async () => {
    const labels = { app: WEBHOOK };
    apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: WEBHOOK, namespace: JAN },
      spec: { selector: labels, ports: [{ port: PORT, targetPort: PORT }] },
    });
    const env = { PORT: `${PORT}` };
    startPod({ name: WEBHOOK, namespace: JAN, program: 'webhook', env, labels, isServer: true, port: PORT });
    await up(project);
  });

  test("the dead man's switch is notified repeatedly", async () => {
    const beats = async () => (await toldAt('/heartbeat')).flatMap(({ alerts }) => alerts);
    await until(async () => (await beats()).length > 1, 'a second heartbeat', 240);
    expect(new Set((await beats()).map(({ labels }) => labels.alertname))).toEqual(new Set(['Watchdog']));
  });

  test('an alert that fires arrives once', async () => {
    expect(await received('firing')).toEqual([]);
    const begun = Date.now();
    scale(0);
    await until(async () => (await received('firing')).length > 0, 'the alert to arrive', 240);
    note('an alert arrives at its receiver after, seconds', Math.round((Date.now() - begun) / 1000));
    const [alert, ...more] = await received('firing');
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      receiver: 'on-call',
      labels: { severity: 'critical', cluster: 'jan-server', environment: 'development' },
      annotations: {
        summary: expect.any(String),
        runbook_url: expect.stringMatching(/^http.*\/d\/runbook-TargetMissing$/),
        dashboard_url: expect.stringMatching(/^http.*\?viewPanel=panel-\d+$/),
      },
    });
  });

  test('its resolution arrives too', async () => {
    expect(await received('resolved')).toEqual([]);
    scale(1);
    await until(async () => (await received('resolved')).length > 0, 'the resolved alert to arrive', 240);
  });

  test('the stack is what is shipped again', async () => {
    const names = (await toldAt('/alerts')).flatMap(({ alerts }) => alerts.map(({ labels }) => labels.alertname));
    note('alerts that arrived while Jaeger was away', [...new Set(names)].sort());
    kubectl(['-n', JAN, 'delete', `pod/${WEBHOOK}`, `service/${WEBHOOK}`]);
    await up(PROJECT);
  });
}
