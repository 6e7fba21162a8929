import type { Result, ResultSeries } from './prometheus';

/** The rows of a result as a table, with the names of the labels in the first; none if there is no series. */
export function resultRows(data: Result): readonly (readonly string[])[] {
  if (data.resultType === 'scalar' || data.resultType === 'string') return [['value'], [data.result[1]]];
  if (data.result.length === 0) return [];
  const names = [...new Set(data.result.flatMap(({ metric }) => Object.keys(metric)))].sort();
  // The name of the metric comes first.
  const labels = names.includes('__name__') ? ['__name__', ...names.filter((name) => name !== '__name__')] : names;
  const isMatrix = data.resultType === 'matrix';
  const header = [
    ...labels.map((name) => (name === '__name__' ? 'metric' : name)),
    ...(isMatrix ? ['time'] : []),
    'value',
  ];
  const rows = data.result.flatMap((series) =>
    pointsOf(series).map(([time, value]) => [
      ...labels.map((name) => series.metric[name] ?? ''),
      ...(isMatrix ? [new Date(time * 1000).toISOString()] : []),
      value,
    ]),
  );
  return [header, ...rows];
}

function pointsOf({ value, values, histogram, histograms }: ResultSeries): readonly (readonly [number, string])[] {
  const plain = values ?? (value === undefined ? [] : [value]);
  const native = histograms ?? (histogram === undefined ? [] : [histogram]);
  return [...plain, ...native.map(([time, { count, sum }]) => [time, `count ${count}, sum ${sum}`] as const)];
}
