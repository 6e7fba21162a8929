import { join } from 'node:path';
import { CHECK_TITLES } from '../../../charts/smoke/names';
import { kubectl, until } from '../../cluster/cluster';
import { prometheusIn } from '../apis';
import { broken, failuresOf, NAMESPACE, rendered, tested, well } from './stack';

const prometheus = prometheusIn(NAMESPACE);
const ofSecret = (key: string) => well.inStack('get', 'secret', 'grafana-admin', '-o', `jsonpath={.data.${key}}`);
const setPassword = (value: string) =>
  well.inStack('patch', 'secret', 'grafana-admin', '-p', JSON.stringify({ data: { 'admin-password': value } }));

/** Starts the Job alone: it sends traces, and is not waited for. */
function sendTraces(): void {
  const hooks = join(rendered(well.root), 'hooks');
  kubectl(['delete', '-f', hooks, '--ignore-not-found', '--wait']);
  kubectl(['apply', '--server-side', '-f', hooks]);
}

/** What is broken on purpose is in the right rows, with its cause, and the other checks pass. */
export function mistakes(): void {
  test('Jaeger and Alertmanager are scaled to zero, a queue waits, and the password is another', async () => {
    well.inStack('scale', 'deployment/jaeger', 'deployment/alertmanager', '--replicas=0');
    sendTraces();
    const waiting = 'otelcol_exporter_queue_size{exporter="otlp_http/jaeger"} > 0';
    const stuck = `${waiting} unless on () sum(rate(otelcol_exporter_sent_spans_total[60s])) > 0`;
    await until(async () => (await prometheus.query(stuck)).length > 0, 'the queue to wait for Jaeger', 150);
    const password = ofSecret('admin-password');
    setPassword(Buffer.from('another').toString('base64'));
    const { code, rows } = await tested(well.root);
    setPassword(password);
    expect(code).toBe(1);
    const jaeger = 'Deployment/jaeger scaled-down';
    const alertmanager = 'Deployment/alertmanager scaled-down';
    const { [CHECK_TITLES.clocks]: clocks, [CHECK_TITLES.targets]: targets, ...others } = failuresOf(rows);
    expect(others).toEqual({
      'Deployment/jaeger': jaeger,
      'Deployment/alertmanager': alertmanager,
      [CHECK_TITLES['trace-grpc']]: jaeger,
      [CHECK_TITLES['trace-http']]: jaeger,
      [CHECK_TITLES.watchdog]: alertmanager,
      [CHECK_TITLES.queue]: jaeger,
      'forwarded ports': 'Check/forwarded-ports test-port-not-forwarded',
      'data sources': 'Check/data-sources test-datasource-fails',
    });
    // Both programs are in these two, whichever is named.
    expect([jaeger, alertmanager]).toEqual(expect.arrayContaining([clocks, targets]));
    expect(rows.get('data sources')?.found).toBe('prometheus: HTTP 401');
    expect(rows.get(CHECK_TITLES['trace-grpc'])?.found).toMatch(/^accepted, but trace \w+ is not in Jaeger: /);
    expect(rows.get(CHECK_TITLES.queue)?.found).toContain('exporter="otlp_http/jaeger"');
    await well.repaired();
  });

  test('a target that is down, and a rule that fails', async () => {
    await broken.repaired();
    const failing = 'increase(prometheus_rule_evaluation_failures_total[30s]) > 0';
    await until(async () => (await prometheus.query(failing)).length > 0, 'the rule to fail');
    const { code, rows } = await tested(broken.root);
    expect(code).toBe(1);
    expect(failuresOf(rows)).toEqual({
      [CHECK_TITLES.targets]: 'Check/targets test-target-down',
      [CHECK_TITLES.rules]: 'Check/rules test-rule-fails',
    });
    expect(rows.get(CHECK_TITLES.targets)?.found).toMatch(/job="shop".*; shop on .*: .*no such host/);
    expect(rows.get(CHECK_TITLES.rules)?.found).toMatch(/^e2e:broken found duplicate series/);
  });

  test('repaired, every check passes again', async () => {
    await well.repaired();
    // The kubelet updates Prometheus' files within two minutes, Prometheus reads them within 30 s, and the target's last sample gets old.
    const gone = async () => (await prometheus.query('up{job="shop"}')).length === 0;
    await until(gone, 'the target to be gone', 280);
    const { code, rows } = await tested(well.root);
    expect(failuresOf(rows)).toEqual({});
    expect(code).toBe(0);
  });
}
