/** What the panels of traces show, over span metrics as the Collector makes them. */
import { unnamedNow } from '../../../content/dashboards/boards/traces-now';
import { failedByKind, operations } from '../../../content/dashboards/boards/traces-spans';
import { type Expected, returns, type Series } from './panels';

const EACH = 'x130';
const spans = (name: string, kind: string, status: string, code: string, service = 'llm-api') =>
  `traces_span_metrics_calls_total{service_name="${service}",span_name="${name}",span_kind="SPAN_KIND_${kind}",status_code="STATUS_CODE_${status}",http_response_status_code="${code}"}`;

/** Half of the requests and a quarter of the calls fail; refused requests are marked as failed, as llm-api does it. */
const SPANS: Series = {
  [spans('GET /', 'SERVER', 'UNSET', '200')]: `0+1${EACH}`,
  [spans('GET /', 'SERVER', 'ERROR', '404')]: `0+1${EACH}`,
  [spans('GET /', 'SERVER', 'ERROR', '500')]: `0+2${EACH}`,
  [spans('POST', 'CLIENT', 'UNSET', '200')]: `0+3${EACH}`,
  [spans('POST', 'CLIENT', 'ERROR', '429')]: `0+1${EACH}`,
  [spans('step', 'INTERNAL', 'UNSET', '')]: `0+1${EACH}`,
  [spans('GET /', 'SERVER', 'ERROR', '500', 'media-api')]: `0+9${EACH}`,
};
const ofService = (expected: Omit<Expected, 'chosen'>): Expected => ({ ...expected, chosen: { service: 'llm-api' } });
const ofKind = (legend: string, samples: Expected['samples']) => ofService({ panel: failedByKind(), legend, samples });
const unnamed = (samples: Expected['samples']) => ofService({ panel: unnamedNow(), legend: 'unnamed', samples });

test('an answer with 4xx is a failure of the service that gets it', () =>
  returns(SPANS, [
    ofService({
      panel: operations(),
      legend: 'Failed',
      samples: { '{span_name="GET /"}': 0.5, '{span_name="POST"}': 0.25, '{span_name="step"}': 0 },
    }),
    ofKind('server', { '{}': 0.5 }),
    ofKind('client', { '{}': 0.25 }),
  ]));

test('a kind without a failure is a zero, and one without spans is no data', () =>
  returns(SPANS, [ofKind('internal', { '{}': 0 }), ofKind('consumer', {})]));

test('spans without a name are those of the chosen service, by its job', async () => {
  const overflow = (job: string) => `traces_span_metrics_calls_total{job="${job}",otel_metric_overflow="true"}`;
  await returns(SPANS, [unnamed({ '{}': 0 })]);
  await returns({}, [unnamed({})]);
  await returns({ ...SPANS, [overflow('jan/llm-api')]: `0+30${EACH}`, [overflow('other-llm-api')]: `0+60${EACH}` }, [
    unnamed({ '{}': 1 }),
  ]);
});
