/** The OTLP requests that the smoke test sends, as JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). */

/** `service.name` of what it sends. No objective and no alert names it. */
export const SERVICE = 'monitor-test';

/** Name of the metric that it sends: a gauge, which is 1. */
export const METRIC = 'monitor_test_sent';

/** Texts that the script replaces: a trace and span ID, the identity of the run, the time in nanoseconds, and the way in. */
export const PLACEHOLDERS = {
  trace: 'TRACE_ID',
  span: 'SPAN_ID',
  run: 'RUN_ID',
  time: 'TIME_NS',
  way: 'WAY_IN',
} as const;

const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** Each run is an instance of the service, so its identity is the label `instance` in Prometheus. */
const resource = {
  attributes: [attribute('service.name', SERVICE), attribute('service.instance.id', PLACEHOLDERS.run)],
};

/** One span of the kind INTERNAL, without an error: it counts as no request. */
export const TRACE_REQUEST = {
  resourceSpans: [
    {
      resource,
      scopeSpans: [
        {
          spans: [
            {
              traceId: PLACEHOLDERS.trace,
              spanId: PLACEHOLDERS.span,
              name: SERVICE,
              kind: 1,
              startTimeUnixNano: PLACEHOLDERS.time,
              endTimeUnixNano: PLACEHOLDERS.time,
            },
          ],
        },
      ],
    },
  ],
};

/** One point of one gauge. */
export const METRIC_REQUEST = {
  resourceMetrics: [
    {
      resource,
      scopeMetrics: [
        {
          metrics: [
            {
              name: METRIC,
              gauge: {
                dataPoints: [
                  {
                    attributes: [attribute('way', PLACEHOLDERS.way)],
                    timeUnixNano: PLACEHOLDERS.time,
                    asInt: '1',
                  },
                ],
              },
            },
          ],
        },
      ],
    },
  ],
};
