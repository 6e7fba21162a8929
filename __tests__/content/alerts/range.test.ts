/** The range of a rate in an alert. */
import { rangeOf } from '../../../content/alerts/range';
import { environment } from '../objectives/cases';

test('a range spans four scrapes', () => {
  expect(rangeOf(environment({ prometheus: { scrapeInterval: '15s' } }))).toBe('5m');
  expect(rangeOf(environment({ prometheus: { scrapeInterval: '2m' } }))).toBe('8m');
  expect(rangeOf(environment({ janServer: { scrapeInterval: '100s' } }))).toBe('7m');
});
