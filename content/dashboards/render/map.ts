/**
 * A service map: Grafana's node graph, from Prometheus.
 *
 * The node graph takes one frame of edges and one of nodes, and finds its columns by the names of their fields
 * (public/app/plugins/panel/nodeGraph/utils.ts of Grafana, and `NodeGraphDataFrameFieldNames` of its library). A heading given by the
 * transformation "organize" is not a name (grafana/grafana#54844). So each query has the name in a label, from which "labelsToFields" names
 * its column, and "merge" makes one frame of the columns of the edges, and one of those of the nodes.
 */
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  ArcOptionBuilder,
  EdgeOptionsBuilder,
  PanelBuilder as MapPanel,
  NodeOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/nodegraph';
import { CALLED, CALLER, copyLabel } from '../../../metrics/calls';
import { DATASOURCES } from '../datasources';
import type { Link, ServiceMap } from '../spec';
import { UNITS } from '../units';
import { dataLinks, type Links } from './links';
import { refId } from './ref-id';

/** Label with the name of the column. */
const FIELD = 'field';

/** The other labels that become columns. */
const COLUMNS = [FIELD, 'id', 'source', 'target', 'title'];

/** A column of the frame of edges or of nodes, and the query for it. */
interface Field {
  readonly of: 'edges' | 'nodes';
  readonly field: string;
  readonly expr: string;
}

const label = (vector: string, to: string, value: string, from: string) =>
  `label_replace(${vector}, "${to}", "${value}", "${from}", "(.+)")`;

/** Two colons do not occur in a name of Kubernetes, and are safe in the URL of an arrow's head. */
const edgeOf = (vector: string) =>
  `label_join(${copyLabel(copyLabel(vector, 'source', CALLER), 'target', CALLED)}, "id", "::", "source", "target")`;

/**
 * The columns of both frames, in the order of their queries. Grafana prints a stat with two decimals and the text of its unit, without scaling;
 * details without a unit.
 */
export function fieldsOf({ edges, nodes, critical }: ServiceMap): readonly Field[] {
  // A node without requests still needs a ring of zero parts: with empty ones, the panel draws none.
  const grey = `0 * (${nodes.rate} or ${nodes.calls})`;
  const ofEdges = {
    mainstat: edges.rate,
    secondarystat: `100 * (${edges.failing})`,
    detail__p95: milliseconds(edges.p95),
    // Where it is not zero, the edge is red.
    highlighted: `(${edges.failing}) >= bool ${critical}`,
  };
  const ofNodes = {
    mainstat: nodes.rate,
    secondarystat: `100 * (${nodes.failing})`,
    detail__p95: milliseconds(nodes.p95),
    detail__calls: `round(${nodes.calls}, 0.001)`,
    arc__failed: `${nodes.failing} or ${grey}`,
    arc__ok: `1 - (${nodes.failing}) or ${grey}`,
  };
  return [
    ...Object.entries(ofEdges).map(
      ([field, expr]): Field => ({ of: 'edges', field, expr: label(edgeOf(expr), FIELD, field, 'source') }),
    ),
    ...Object.entries(ofNodes).map(
      ([field, expr]): Field => ({
        of: 'nodes',
        field,
        expr: label(copyLabel(expr, 'title', 'id'), FIELD, field, 'id'),
      }),
    ),
  ];
}

const milliseconds = (seconds: string) => `round(1000 * (${seconds}))`;

/** Letters of the queries of one frame, as a matcher of frames. */
const queriesOf = (fields: readonly Field[], wanted: Field['of']) => ({
  id: 'byRefId',
  options: `/^(${fields.flatMap(({ of }, index) => (of === wanted ? [refId(index)] : [])).join('|')})$/`,
});

/** A service map. */
export function serviceMap(panel: ServiceMap, to: Links): MapPanel {
  const fields = fieldsOf(panel);
  const builder = new MapPanel()
    .datasource(DATASOURCES.prometheus)
    .unit(UNITS.callsPerSecond)
    .withTransformation({ id: 'labelsToFields', options: { mode: 'columns', valueLabel: FIELD, keepLabels: COLUMNS } })
    .withTransformation({ id: 'merge', filter: queriesOf(fields, 'edges'), options: {} })
    .withTransformation({ id: 'merge', filter: queriesOf(fields, 'nodes'), options: {} })
    .edges(new EdgeOptionsBuilder().mainStatUnit(RATE_UNIT).secondaryStatUnit(FAILING_UNIT))
    .nodes(
      new NodeOptionsBuilder()
        .mainStatUnit(RATE_UNIT)
        .secondaryStatUnit(FAILING_UNIT)
        .arcs([arc('arc__failed', 'red'), arc('arc__ok', 'green')]),
    );
  for (const [field, properties] of Object.entries(HEADINGS)) builder.overrideByName(field, [...properties]);
  // A link belongs to one field of the clicked row: to the title of a node, and to the source of an edge.
  return builder
    .overrideByName('title', [linksOf(panel.nodeLinks, to)])
    .overrideByName('source', [linksOf(panel.edgeLinks, to)]);
}

const RATE_UNIT = 'req/s';
const FAILING_UNIT = '% failing';

const arc = (field: string, color: string) => new ArcOptionBuilder().field(field).color(color);

const NO_UNIT = { id: 'unit', value: '' };
/** How fields are printed. Rates of a small system are below 0.01, and Grafana would print 0.00. */
const HEADINGS: Readonly<Record<string, readonly DynamicConfigValue[]>> = {
  mainstat: [{ id: 'decimals', value: 3 }],
  secondarystat: [{ id: 'decimals', value: 1 }],
  detail__p95: [{ id: 'displayName', value: '95th percentile (ms)' }, NO_UNIT],
  detail__calls: [{ id: 'displayName', value: 'Calls to others per second' }, NO_UNIT],
  arc__failed: [{ id: 'displayName', value: 'failing' }],
  arc__ok: [{ id: 'displayName', value: 'successful' }],
};

const linksOf = (links: readonly Link[], to: Links): DynamicConfigValue => ({
  id: 'links',
  value: dataLinks(links, to).map((link) => link.build()),
});
