/** Reads what a program serves at /metrics, by selectors of PromQL as the contract writes them. */
type Labels = Readonly<Record<string, string>>;

const LABEL = /([a-zA-Z_]\w*)(=~|!~|!=|=)"((?:[^"\\]|\\.)*)"/g;
const nameOf = (text: string) => text.replace(/\{.*$/s, '');

const labelsOf = (id: string): Labels =>
  Object.fromEntries([...id.matchAll(LABEL)].map(([, label = '', , value = '']) => [label, value]));

/** Whether a series has what a selector asks for. A label that is not there is empty, and a pattern matches whole values. */
function matches(selector: string, id: string): boolean {
  const labels = labelsOf(id);
  return (
    nameOf(selector) === nameOf(id) &&
    [...selector.matchAll(LABEL)].every(([, label = '', operator = '', wanted = '']) => {
      const value = labels[label] ?? '';
      const equal = operator.endsWith('~') ? new RegExp(`^(?:${wanted})$`).test(value) : value === wanted;
      return equal !== operator.startsWith('!');
    })
  );
}

/** The series of a text in Prometheus' format, as `name{labels}` to their values. */
export const seriesOf = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line): [string, number] => {
        const end = line.lastIndexOf(' ');
        return [line.slice(0, end), Number(line.slice(end + 1))];
      }),
  );

/** The series that a port on loopback serves. */
export const seriesAt = async (port: number): Promise<ReadonlyMap<string, number>> =>
  seriesOf(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());

/** `sum(selector)` of scraped series. */
export const sumOf = (series: ReadonlyMap<string, number>, selector: string): number =>
  [...series].reduce((sum, [id, value]) => sum + (matches(selector, id) ? value : 0), 0);

/** `sum by (labels) (selector)` of scraped series: by the values of the labels, those that are not zero. */
export function sumsBy(
  series: ReadonlyMap<string, number>,
  labels: readonly string[],
  selector: string,
): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const [id, value] of series) {
    if (value === 0 || !matches(selector, id)) continue;
    const found = labelsOf(id);
    const key = labels.map((label) => found[label] ?? '').join(' | ');
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
  return Object.fromEntries(sums);
}
