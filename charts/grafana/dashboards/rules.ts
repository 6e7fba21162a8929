import { seconds } from '../../../config/units';
import type { Catalogue } from '../../../contract/catalogue';
import { checkExpression, marked, missingSource } from '../../../contract/check';
import type { Emitter } from '../../../contract/emitters';
import type { Check } from './render/queries';
import type { MissingSource } from './render/select';

/** What decides which panels there are, and whether what they ask is right. */
export interface PanelRules {
  readonly missing: MissingSource;
  readonly check: Check;
}

/**
 * The rules of the contract: what somebody emits is shown, and an expression that is wrong in any way fails the synth.
 * @param on who emits metrics in this environment
 * @param scrapeInterval as `15s`
 */
export const panelRules = (catalogue: Catalogue, on: ReadonlySet<Emitter>, scrapeInterval: string): PanelRules => ({
  missing: (expr) => missingSource(expr, catalogue, on),
  check: (place, expr) => {
    const findings = checkExpression(expr, { place: 'panel', catalogue, scrapeInterval: seconds(scrapeInterval) });
    if (findings.length === 0) return;
    throw new Error(`Dashboard ${place}:\n${findings.map((finding) => marked(expr, finding)).join('\n')}`);
  },
});
