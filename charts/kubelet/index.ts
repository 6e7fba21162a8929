import { EMITTERS } from '../../metrics/emitters';
import { defineComponent } from '../common/component';
import type { StackContext } from '../common/context';
import type { Part } from '../common/part';
import { prometheus } from '../prometheus';
import { KubeletRightsChart } from './rights';
import { type KubeletSettings, schema } from './schema';
import { kubeletJobs } from './scrape-jobs';

/** The kubelet of each node, and its embedded cAdvisor: a scrape job, and a ClusterRole for it. */
export const kubelet = defineComponent({
  key: 'kubelet',
  order: 75,
  schema,
  build: (context, settings) => (settings.enabled ? kubeletPart(context, settings) : null),
  emits: ({ enabled }) => (enabled ? [EMITTERS.kubelet, EMITTERS.cadvisor] : []),
});

/** Whether the kubelets' certificates are verified: the environment file decides, or else whether the platform signs them. */
export const verifiesKubelets = (
  { verifyCertificates }: KubeletSettings,
  { placement }: Pick<StackContext, 'placement'>,
): boolean => verifyCertificates ?? placement.platform.signsKubelets;

const kubeletPart = (context: StackContext, settings: KubeletSettings): Part => ({
  scrapeJobs: (client) => kubeletJobs(context, verifiesKubelets(settings, context), client),
  render: () => {
    const account = context.part(prometheus)?.account;
    if (account !== undefined) new KubeletRightsChart(context.scope('keep'), '06-kubelet-rights', account);
  },
});
