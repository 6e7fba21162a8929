/**
 * Grafana's provisioning files and dashboards, with the keys that our manifests use. The schemas are strict, because Grafana silently
 * ignores unknown keys. Sources: https://grafana.com/docs/grafana/latest/administration/provisioning/ and the dashboard JSON model of Grafana 13.
 */
import * as z from 'zod';

const uid = z.string().regex(/^[a-zA-Z0-9_-]{1,40}$/, 'a uid has at most 40 letters, digits, - and _');

const prometheusData = z.strictObject({
  httpMethod: z.enum(['GET', 'POST']),
  timeInterval: z.string(),
  exemplarTraceIdDestinations: z
    .array(
      z.strictObject({
        name: z.string(),
        // A path of Grafana's own web page, in which a dollar sign is doubled: a single one is expanded when the file is read.
        url: z.string().regex(/^\/(explore|d\/[\w-]+)\?([^$]|\$\$)*$/),
        urlDisplayLabel: z.string(),
      }),
    )
    .optional(),
  prometheusType: z.enum(['Prometheus', 'Mimir', 'Thanos', 'Cortex']).optional(),
  timeout: z.int().optional(),
  tlsAuthWithCACert: z.boolean().optional(),
  httpHeaderName1: z.string().optional(),
  httpHeaderName2: z.string().optional(),
});
const jaegerData = z.strictObject({
  nodeGraph: z.strictObject({ enabled: z.boolean() }),
  tracesToMetrics: z
    .strictObject({
      datasourceUid: uid,
      spanStartTimeShift: z.string(),
      spanEndTimeShift: z.string(),
      tags: z.array(z.strictObject({ key: z.string(), value: z.string() })),
      queries: z.array(z.strictObject({ name: z.string(), query: z.string() })),
    })
    .optional(),
});
const alertmanagerData = z.strictObject({
  implementation: z.enum(['prometheus', 'mimir', 'cortex']),
  handleGrafanaManagedAlerts: z.boolean(),
});
const common = {
  name: z.string(),
  uid,
  access: z.literal('proxy'),
  url: z.url(),
  isDefault: z.boolean(),
  editable: z.literal(false),
  basicAuth: z.boolean().optional(),
  basicAuthUser: z.string().optional(),
  // Headers may have values that are not secret, such as the name of a tenant.
  secureJsonData: z
    .record(z.string(), z.string())
    .refine((all) => Object.entries(all).every(([key, value]) => key.startsWith('httpHeader') || value.startsWith('$')))
    .optional(),
};

/** A file of data sources. */
export const datasourcesSchema = z.strictObject({
  apiVersion: z.literal(1),
  prune: z.boolean(),
  datasources: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ ...common, type: z.literal('prometheus'), jsonData: prometheusData }),
        z.strictObject({ ...common, type: z.literal('jaeger'), jsonData: jaegerData }),
        z.strictObject({ ...common, type: z.literal('alertmanager'), jsonData: alertmanagerData }),
      ]),
    )
    .min(1)
    .refine((all) => all.filter(({ isDefault }) => isDefault).length === 1, 'exactly one default data source')
    .refine((all) => new Set(all.map((datasource) => datasource.uid)).size === all.length, 'uids must be unique'),
});

/** A file of app plugins; ours has none. */
export const pluginsSchema = z.strictObject({ apiVersion: z.literal(1), apps: z.array(z.never()) });

/** A file of dashboard providers. */
export const providersSchema = z.strictObject({
  apiVersion: z.literal(1),
  providers: z
    .array(
      z.strictObject({
        name: z.string(),
        folder: z.string(),
        type: z.literal('file'),
        allowUiUpdates: z.boolean(),
        updateIntervalSeconds: z.int().min(1),
        options: z.strictObject({ path: z.string().startsWith('/') }),
      }),
    )
    .min(1),
});

const receiver = z.discriminatedUnion('type', [
  z.strictObject({
    uid,
    type: z.literal('email'),
    settings: z.strictObject({ addresses: z.string(), singleEmail: z.boolean() }),
  }),
  z.strictObject({ uid, type: z.literal('slack'), settings: z.strictObject({ url: z.string() }) }),
]);

const texts = z.record(z.string(), z.string().regex(/\S/));
/** A rule: the query, and the condition on it (pkg/services/provisioning/alerting, rules_types.go). */
const alertRule = z
  .strictObject({
    uid,
    title: z.string().min(1).max(190),
    condition: z.string(),
    data: z
      .array(
        z.strictObject({
          refId: z.string(),
          relativeTimeRange: z.strictObject({ from: z.int().min(0), to: z.int().min(0) }),
          datasourceUid: z.string(),
          model: z.looseObject({ refId: z.string() }),
        }),
      )
      .min(2),
    noDataState: z.enum(['OK', 'NoData', 'Alerting', 'KeepLast']),
    execErrState: z.enum(['OK', 'Error', 'Alerting', 'KeepLast']),
    for: z.string(),
    labels: texts,
    annotations: texts,
  })
  .refine(({ condition, data }) => data.some(({ refId }) => refId === condition), {
    error: 'the condition must be one of the refIds in data',
  });

/** A file of contact points, policies and alert rules. */
export const alertingSchema = z.strictObject({
  apiVersion: z.literal(1),
  contactPoints: z
    .array(z.strictObject({ orgId: z.int(), name: z.string(), receivers: z.array(receiver).min(1) }))
    .optional(),
  policies: z.array(z.strictObject({ orgId: z.int(), receiver: z.string(), group_by: z.array(z.string()) })).optional(),
  groups: z
    .array(
      z.strictObject({
        orgId: z.int(),
        name: z.string(),
        folder: z.string(),
        interval: z.string().regex(/^[1-9][0-9]*[sm]$/),
        rules: z.array(alertRule).min(1),
      }),
    )
    .refine(
      (groups) => {
        const rules = groups.flatMap((group) => group.rules);
        return [rules.map((rule) => rule.uid), rules.map(({ title }) => title)].every(
          (names) => new Set(names).size === names.length,
        );
      },
      { error: 'uids and titles must be unique' },
    )
    .optional(),
});

const reference = z.looseObject({ type: z.string().optional(), uid: z.string() });
const target = z.looseObject({ refId: z.string(), datasource: reference.optional(), expr: z.string().optional() });
/** A panel; rows contain other panels. Options of the panel's plugin are not checked. */
const panel = z.looseObject({
  id: z.int(),
  type: z.string(),
  gridPos: z.strictObject({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) }),
  datasource: reference.optional(),
  targets: z.array(target).optional(),
});

/** A dashboard, with the keys that all panels share. */
export const dashboardSchema = z.looseObject({
  uid,
  title: z.string().min(1),
  schemaVersion: z.int().min(36),
  refresh: z.string().optional(),
  panels: z
    .array(panel)
    .min(1)
    .refine((panels) => new Set(panels.map(({ id }) => id)).size === panels.length, 'ids of panels must be unique'),
  annotations: z
    .looseObject({
      list: z
        .array(
          z.looseObject({
            name: z.string(),
            datasource: reference.optional(),
            expr: z.string().optional(),
            target: z.looseObject({ expr: z.string().optional() }).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  templating: z
    .looseObject({ list: z.array(z.looseObject({ name: z.string(), type: z.string() })).optional() })
    .optional(),
});

/** A dashboard that matches the schema. */
export type Dashboard = z.infer<typeof dashboardSchema>;
