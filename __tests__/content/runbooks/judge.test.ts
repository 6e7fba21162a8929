/** The judge of runbooks finds what is wrong: else its silence would prove nothing. */
import { configFrom, stackFrom } from '../../support';
import { wrongWith } from './judge';
import { worldOf } from './world';

const TEXT = `
namespace: obs
janServer: { namespace: shop, application: shop-app, services: [{ name: llm-api, port: 8080 }] }
jaeger: { store: { type: opensearch, urls: ['https://opensearch.example.com:9200'] } }
`;
const world = worldOf(configFrom(TEXT), stackFrom(TEXT));
const ACCOUNT = 'system:serviceaccount:obs:prometheus';

test.each([
  ['kubectl get pods -n jan-monitoring', /no namespace jan-monitoring/],
  ['kubectl get pods', /no namespace/],
  ['kubectl get pods -n obs -l app.kubernetes.io/name=prometheous', /nothing in obs has the labels/],
  [
    'kubectl logs -n obs -l app.kubernetes.io/name=jaeger,app.kubernetes.io/component=tracing --tail=5',
    /nothing in obs/,
  ],
  ['kubectl port-forward -n obs service/jaeger 16686 # then open http://localhost:16686/search', /no Service jaeger/],
  ['kubectl port-forward -n obs service/prometheus 9091', /no port 9091: there are 9090/],
  ['kubectl port-forward -n obs service/prometheus 9090 # then open http://localhost:9091/', /9091 is opened/],
  ['kubectl exec -n obs statefulset/prometheus -- ls', /no StatefulSet prometheus/],
  ['kubectl rollout restart deployment/llm-api -n shop', /begin with shop-app-/],
  ['kubectl logs -n shop -l app.kubernetes.io/component=llm_api', /nothing in shop has the labels/],
  ['kubectl create job -n obs --from=cronjob/cleaner again', /no CronJob cleaner/],
  ["kubectl get configmap prometheus-rules -n obs -o jsonpath='{.data.rules\\.yaml}'", /has no key rules.yaml/],
  [`for n in obs shop; do kubectl auth can-i list secrets -n $n --as=${ACCOUNT}; done`, /lets .* list secrets in obs/],
  ['kubectl get pods -n obs --magic', /flag --magic/],
  ['make monitor-status', /no ENVIRONMENT/],
  ['make monitor-status ENVIRONMENT=production', /the environment is test/],
  ['make monitor-statuses ENVIRONMENT=test', /has no monitor-statuses/],
  ['npm run connect', /no ENVIRONMENT/],
  ['kubectl run ask -n shop --image=a -- curl http://jan-server-kong:8000/', /no Service jan-server-kong/],
])('%s', (command, wrong) => {
  expect(wrongWith(command, world).join('; ')).toMatch(wrong);
});

test.each([
  'kubectl get pods -n obs -l app.kubernetes.io/name=prometheus -o wide',
  "kubectl logs -n shop -l app.kubernetes.io/component=llm-api --prefix --tail=500 | grep -i -E 'a|b'",
  'kubectl port-forward -n obs service/jaeger-query 16686 # then open http://localhost:16686/search',
  `for n in obs shop; do kubectl auth can-i list endpointslices.discovery.k8s.io -n $n --as=${ACCOUNT}; done`,
  'kubectl create job -n obs --from=cronjob/jaeger-index-cleaner again',
  "kubectl get configmap prometheus-rules -n obs -o jsonpath='{.data.stack\\.yaml}' | grep -B1 'record: a'",
  'kubectl describe pod -n NAMESPACE POD',
  'kubectl top pods -A --sort-by=memory | head -20',
  'ENVIRONMENT=test npm run --silent connect > patch.yaml && kubectl -n shop patch deployment shop-app-llm-api --patch-file patch.yaml',
])('%s is right', (command) => {
  expect(wrongWith(command, world)).toEqual([]);
});
