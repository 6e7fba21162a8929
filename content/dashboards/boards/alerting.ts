/** Alerts, their rules, and their notifications. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { ContentSettings } from '../../settings';
import type { Dashboard } from '../spec';
import { dropped, failed, held, known, latency, members, sent, silences } from './alerting-delivery';
import { bySeverity, firing, history, pending } from './alerting-now';
import { evaluation, rules } from './alerting-rules';

/** "Alerts". */
export const alerting = ({ alerts }: Pick<ContentSettings, 'alerts'>): Dashboard => ({
  uid: DASHBOARD_UIDS.alerting,
  title: 'Alerts',
  description: 'What fires, whether the rules behind it are evaluated, and whether people are told',
  tags: ['alerts'],
  variables: [],
  annotations: [],
  related: [DASHBOARD_UIDS.janServer, DASHBOARD_UIDS.services, DASHBOARD_UIDS.slo, DASHBOARD_UIDS.prometheus],
  rows: [
    { title: 'Now', panels: [bySeverity(), pending(), firing(alerts), history()] },
    { title: 'Rules', panels: [rules(), evaluation()] },
    { title: 'Delivery', panels: [known(), members(), held(), silences(), sent(), failed(), latency(), dropped()] },
  ],
});
