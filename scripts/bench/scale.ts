/** What each further scraped service costs. */
import { measure } from './measure';
import { projectOf, RENDER } from './projects';
import { limited, plain, type Results } from './row';

/**
 * The most services whose objects fit into the 200 KiB that one object may have (`lib/limits.ts`), with these names: four alerts name all
 * of them. Ten thousand are beyond it, and beyond the 2,000 of the schema.
 */
const MOST = 1800;

/** Each of many services costs at most this much of what each of a hundred costs. */
const MAX_GROWTH = 1.2;

export function scale(): Results {
  const subject = (services: number) => ({ args: RENDER, cwd: projectOf(services) });
  const measured = measure({ none: subject(0), hundred: subject(100), thousand: subject(1000), most: subject(MOST) });
  const per = (services: number, { cpuMs }: { readonly cpuMs: number }) => (cpuMs - measured.none.cpuMs) / services;
  const [hundred, thousand, most] = [
    per(100, measured.hundred),
    per(1000, measured.thousand),
    per(MOST, measured.most),
  ];
  const growth = (many: number, one: number) => many / one;
  return {
    rows: [
      plain('CPU time per scraped service, of 100', hundred, 'ms'),
      plain('CPU time per scraped service, of 1,000', thousand, 'ms'),
      plain(`CPU time per scraped service, of ${MOST.toLocaleString('en')}`, most, 'ms'),
      limited('the same of 1,000 / of 100', growth(thousand, hundred), 'times', MAX_GROWTH),
      limited(`the same of ${MOST.toLocaleString('en')} / of 1,000`, growth(most, thousand), 'times', MAX_GROWTH),
      plain('peak memory, 1,000 scraped services', measured.thousand.mib, 'MiB'),
      plain(`peak memory, ${MOST.toLocaleString('en')} scraped services`, measured.most.mib, 'MiB'),
    ],
    measured,
  };
}
