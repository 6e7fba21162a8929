/**
 * What Grafana shows of panels, by its own library. It reads JSON from standard input: a list of `{panel, frames}`, where frames are tables of
 * columns as the datasource returns them. It writes a list with a panel's values (a stat or a bar) and the columns of its frames (a table or
 * a graph): their headings, texts and colours.
 *
 * usage: node shown.cjs <folder with node_modules>
 */
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

globalThis.navigator ??= { language: 'en-US', languages: ['en-US'] };
const grafana = createRequire(join(process.argv[2], 'package.json'))('@grafana/data');
// Transformations ask it for Grafana's scenes. Libraries that would find it while they are loaded want a whole browser.
globalThis.window ??= {};

/** Options of fields as panels register them: the value is taken as it is. */
const option = (id, isCustom) => ({ id: isCustom ? `custom.${id}` : id, path: id, isCustom, name: id, process: (value) => value, shouldApply: () => true });
const STANDARD = ['unit', 'min', 'max', 'decimals', 'displayName', 'noValue', 'thresholds', 'mappings', 'color', 'fieldMinMax'].map((id) => option(id, false));
const CUSTOM = ['width', 'cellOptions', 'hideFrom', 'transform', 'lineStyle', 'fillOpacity', 'stacking'].map((id) => option(id, true));
const registry = new grafana.FieldConfigOptionsRegistry();
for (const one of [...STANDARD, ...CUSTOM]) registry.register(one);
grafana.standardFieldConfigEditorRegistry.setInit(() => STANDARD);

const unique = (items) => [...new Map(items.map((item) => [item.id, item])).values()];
grafana.standardTransformersRegistry.setInit(() =>
  unique(Object.values(grafana.standardTransformers)).map((transformer) => ({
    id: transformer.id,
    name: transformer.name,
    transformation: () => Promise.resolve(transformer),
  })),
);

const theme = grafana.createTheme();
const replaceVariables = (text) => text;

async function shown({ panel, frames }) {
  const read = frames.map((frame) => grafana.toDataFrame(frame));
  const changed = await new Promise((done, fail) =>
    grafana.transformDataFrame(panel.transformations ?? [], read).subscribe({ next: done, error: fail }),
  );
  const { fieldConfig } = panel;
  const data = grafana.applyFieldOverrides({
    data: changed,
    fieldConfig,
    fieldConfigRegistry: registry,
    replaceVariables,
    theme,
    timeZone: 'utc',
  });
  const reduceOptions = panel.options?.reduceOptions;
  return {
    values:
      reduceOptions === undefined
        ? []
        : grafana
            .getFieldDisplayValues({ data, fieldConfig, reduceOptions, replaceVariables, theme, timeZone: 'utc' })
            .map(({ display }) => ({ text: grafana.formattedValueToString(display), colour: display.color })),
    frames: data.map((frame) => frame.fields.map((field) => columnOf(field, frame, data))),
  };
}

function columnOf(field, frame, data) {
  const display = field.display ?? grafana.getDisplayProcessor({ field, theme });
  return {
    name: field.name,
    values: field.values,
    heading: grafana.getFieldDisplayName(field, frame, data),
    texts: field.values.map((value) => grafana.formattedValueToString(display(value))),
    colours: field.values.map((value) => display(value).color),
    colour: field.config.color,
    custom: field.config.custom ?? {},
    range: field.state?.range,
  };
}

const input = JSON.parse(readFileSync(0, 'utf8'));
Promise.all(input.map(shown)).then((answers) => process.stdout.write(JSON.stringify(answers)));
