/** Where links lead to a runbook: outside of Grafana, and in a table of alerts. */
import { runbookLink, runbookUrl } from '../../../content/runbooks/url';
import { configFrom } from '../../support';

const ROW = '${__data.fields.Alert}';

test.each([
  [
    "grafana: {rootUrl: 'https://example.com/grafana/'}",
    'https://example.com/grafana/d/runbook-A',
    `/d/runbook-${ROW}`,
  ],
  [
    "alerts: {runbookUrl: 'https://example.com/books/'}",
    'https://example.com/books/A.md',
    `https://example.com/books/${ROW}.md`,
  ],
])('with %s', (text, url, link) => {
  const config = configFrom(text);
  expect(runbookUrl(config, 'A')).toBe(url);
  expect(runbookLink(config.alerts, ROW)).toBe(link);
});
