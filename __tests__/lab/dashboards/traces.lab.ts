/** The dashboard of traces in the real promtool, over span metrics as the Collector makes them. */
import { traces } from '../../../content/dashboards/boards/traces';
import { show } from './judging';

const shows = (series: Readonly<Record<string, string>>, expected: Parameters<typeof show>[1]) =>
  show({ dashboard: traces(undefined), chosen: { service: 'llm-api' }, series }, expected);
const one = (value: number) => ({ '{}': value });
const NOTHING = {};

const EACH = 'x240';
const spans = (name: string, kind: string, status: string, code: string, service = 'llm-api') =>
  `traces_span_metrics_calls_total{service_name="${service}",span_name="${name}",span_kind="SPAN_KIND_${kind}",status_code="STATUS_CODE_${status}",http_response_status_code="${code}"}`;

/** Half of the requests and a quarter of the calls fail; refused requests are marked as failed, as llm-api does it. */
const SPANS = {
  [spans('GET /', 'SERVER', 'UNSET', '200')]: `0+1${EACH}`,
  [spans('GET /', 'SERVER', 'ERROR', '404')]: `0+1${EACH}`,
  [spans('GET /', 'SERVER', 'ERROR', '500')]: `0+2${EACH}`,
  [spans('POST', 'CLIENT', 'UNSET', '200')]: `0+3${EACH}`,
  [spans('POST', 'CLIENT', 'ERROR', '429')]: `0+1${EACH}`,
  [spans('step', 'INTERNAL', 'UNSET', '')]: `0+2${EACH}`,
  [spans('GET /', 'SERVER', 'ERROR', '500', 'media-api')]: `0+9${EACH}`,
};

test('an answer with 4xx is a failure of the service that gets it', () =>
  shows(SPANS, { 'Failed spans': one(0.3), 'Failed spans by kind': { server: one(0.5), client: one(0.25) } }));

test('a kind without a failure is a zero, and one without spans is no data', () =>
  shows(SPANS, { 'Failed spans by kind': { internal: one(0), consumer: NOTHING } }));

test('spans without a name are those of the chosen service, by its job', async () => {
  const overflow = (job: string) => `traces_span_metrics_calls_total{job="${job}",otel_metric_overflow="true"}`;
  await shows(SPANS, { 'Unnamed spans': one(0) });
  await shows(NOTHING, { 'Unnamed spans': NOTHING });
  await shows(
    { ...SPANS, [overflow('jan/llm-api')]: `0+30${EACH}`, [overflow('other-llm-api')]: `0+60${EACH}` },
    { 'Unnamed spans': one(1) },
  );
});
