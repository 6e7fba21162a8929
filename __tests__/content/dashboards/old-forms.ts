/**
 * Forms of older dashboards, which Grafana converts when it loads one (grafana/grafana, apps/dashboard/pkg/migration/schemaversion,
 * vNN.go). Grafana 12 and 13 both read schema version 42 without a conversion.
 */
type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const object = (value: unknown): Json => (isObject(value) ? value : {});
const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Plugins that were replaced by others (v13.go, v16.go, v24.go, v28.go). */
const REPLACED = new Set([
  'graph',
  'singlestat',
  'grafana-singlestat-panel',
  'table-old',
  'text2',
  'grafana-worldmap-panel',
]);

const isReference = (datasource: unknown) =>
  isObject(datasource) && typeof datasource.uid === 'string' && typeof datasource.type === 'string';

/** Whether Grafana changes the legend of a panel (v37.go). A heatmap's is a scale of colours, with a field `show` of its own. */
function isOldLegend(type: unknown, legend: unknown): boolean {
  if (legend === undefined || type === 'heatmap') return false;
  const { displayMode, showLegend } = object(legend);
  return showLegend === false ? displayMode !== 'list' : showLegend !== true || displayMode === 'hidden';
}

/** Old forms of value mappings: types were numbers (v30.go). */
const areOldMappings = (mappings: unknown) => objects(mappings).some(({ type }) => typeof type !== 'string');

/** Old forms of one property of an override. */
const ofProperty = ({ id, value }: Json): readonly string[] => [
  ...(id === 'custom.displayMode' ? ['v38: custom.displayMode instead of custom.cellOptions'] : []),
  ...(id === 'mappings' && areOldMappings(value) ? ['v30: value mapping with a number as type'] : []),
  ...(id === 'custom.hideFrom' && object(value).viz === true && object(value).tooltip !== true
    ? ['v42: hidden from the graph, and not from its tooltip']
    : []),
];

/** Panels without queries, with which Grafana stores no datasource. */
const WITHOUT_QUERIES = new Set(['text', 'alertlist', 'dashlist']);

/** Old forms of a panel that is not a row. */
function ofPanel(panel: Json): readonly string[] {
  const { defaults, overrides } = object(panel.fieldConfig);
  const { custom, mappings } = object(defaults);
  const options = object(panel.options);
  const transformations = objects(panel.transformations);
  return [
    ...(REPLACED.has(`${panel.type}`) ? [`v28: the panel ${panel.type}`] : []),
    ...(WITHOUT_QUERIES.has(`${panel.type}`) || isReference(panel.datasource)
      ? []
      : ['v36: a panel without a reference to its datasource']),
    ...(objects(panel.targets).every((target) => isReference(target.datasource))
      ? []
      : ['v36: a query without a reference to its datasource']),
    ...(isOldLegend(panel.type, options.legend) ? ['v37: legend without showLegend, or hidden by displayMode'] : []),
    ...('tooltipOptions' in options ? ['v30: tooltipOptions'] : []),
    ...('displayMode' in object(custom) ? ['v38: displayMode instead of cellOptions'] : []),
    ...(object(custom).axisPlacement === 'hidden' ? ['v35: hidden axes'] : []),
    ...(areOldMappings(mappings) ? ['v30: value mapping with a number as type'] : []),
    ...(transformations.some((one) => 'refIdToStat' in object(one.options)) ? ['v39: refIdToStat'] : []),
    ...objects(overrides).flatMap(({ properties }) => objects(properties).flatMap(ofProperty)),
  ];
}

/** Every panel: those of a collapsed row are inside it. */
const panelsOf = ({ panels }: Json): readonly Json[] => objects(panels).flatMap((panel) => [panel, ...panelsOf(panel)]);

/** The old forms in a dashboard; none: Grafana shows it as it is. */
export function oldForms(dashboard: Json): readonly string[] {
  const list = (key: string) => objects(object(dashboard[key]).list);
  const queries = list('templating').filter(({ type }) => type === 'query');
  return [
    ...(dashboard.schemaVersion === 42 ? [] : [`schema version ${dashboard.schemaVersion}`]),
    ...('rows' in dashboard ? ['v16: rows instead of a grid'] : []),
    ...(typeof dashboard.refresh === 'string' ? [] : ['v40: refresh is no text']),
    ...('time_options' in object(dashboard.timepicker) ? ['v41: time_options'] : []),
    ...([...queries, ...list('annotations')].every(({ datasource }) => isReference(datasource))
      ? []
      : ['v36: a variable or annotation without a reference to its datasource']),
    ...panelsOf(dashboard)
      .filter(({ type }) => type !== 'row')
      .flatMap((panel) => ofPanel(panel).map((form) => `${form}: ${panel.title}`)),
  ];
}
