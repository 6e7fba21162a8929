/** What each ServiceAccount may do, as the API server answers: what its program's configuration needs, and nothing that hurts. */
import type { Kubectl } from '../api-server';
import { type ManifestSet, ofKind } from '../manifests';
import { configOf, type ProgramPod, runningImage } from '../pods';
import type { Judgement, Ruling } from '../verdicts';
import { listOf } from './admission';

/** One question to the server: may this account do that? */
interface Question {
  readonly account: { readonly name: string; readonly namespace: string };
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Absent: in every namespace. */
  readonly namespace?: string;
  readonly expected: boolean;
}

const READ = ['get', 'list', 'watch'];

/** Asks the server for every account, all questions at once. */
export async function judgeRights(set: ManifestSet, kubectl: Kubectl): Promise<Ruling> {
  const questions = [...needed(set), ...forbidden(set)];
  const { code, stdout, output } = await kubectl(
    ['create', '-f', '-', '-o', 'jsonpath={.status.allowed}{"\\n"}'],
    listOf(questions.map(review)),
  );
  if (code !== 0) throw new Error(`the API server does not answer who may do what: ${output}`);
  const answers = stdout.trim().split('\n');
  if (answers.length !== questions.length)
    throw new Error(`${answers.length} answers to ${questions.length} questions`);
  return { judgements: questions.map((question, index) => judge(question, answers[index] === 'true')) };
}

function judge({ account, verb, resource, subresource, namespace, expected }: Question, allowed: boolean): Judgement {
  const what = `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`;
  const subject = `${account.name}: ${what} in ${namespace ?? 'every namespace'}`;
  if (allowed === expected) return { subject, problem: null };
  return { subject, problem: expected ? 'its configuration needs it, and it may not' : 'it may, and must not' };
}

const review = ({ account, verb, group = '', resource, subresource, namespace }: Question) => ({
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SubjectAccessReview',
  spec: {
    user: `system:serviceaccount:${account.namespace}:${account.name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`, 'system:authenticated'],
    resourceAttributes: { verb, group, resource, subresource, namespace },
  },
});

/** What the configurations ask of the API server: discovery of targets, and metadata of pods. */
function needed(set: ManifestSet): Question[] {
  const discovers = runningImage(set, 'prometheus').flatMap((program) =>
    discovery(configOf(set, program, '--config.file').content, accountOf(program)),
  );
  const enriches = runningImage(set, 'collector').flatMap((program) =>
    metadata(configOf(set, program, '--config').content, accountOf(program)),
  );
  return [...discovers, ...enriches];
}

const accountOf = ({ pod }: ProgramPod): Question['account'] => ({
  name: pod.spec.serviceAccountName ?? 'default',
  namespace: pod.namespace,
});

/** https://prometheus.io/docs/prometheus/latest/configuration/configuration/#kubernetes_sd_config: a role watches these. */
const OF_ROLE: Readonly<Record<string, readonly { group?: string; resource: string }[]>> = {
  endpointslice: [
    { group: 'discovery.k8s.io', resource: 'endpointslices' },
    { resource: 'services' },
    { resource: 'pods' },
  ],
  pod: [{ resource: 'pods' }],
  service: [{ resource: 'services' }],
};

function discovery(content: Readonly<Record<string, unknown>>, account: Question['account']): Question[] {
  type Job = { kubernetes_sd_configs?: readonly { role: string; namespaces?: { names?: readonly string[] } }[] };
  const { alertmanagers = [] } = (content.alerting ?? {}) as { alertmanagers?: readonly Job[] };
  return [...((content.scrape_configs ?? []) as readonly Job[]), ...alertmanagers]
    .flatMap((job) => job.kubernetes_sd_configs ?? [])
    .flatMap(({ role, namespaces }) =>
      (namespaces?.names ?? [undefined]).flatMap((namespace) =>
        (OF_ROLE[role] ?? []).flatMap((resource) =>
          READ.map((verb) => ({ account, verb, ...resource, namespace, expected: true })),
        ),
      ),
    );
}

function metadata(content: Readonly<Record<string, unknown>>, account: Question['account']): Question[] {
  const processors = (content.processors ?? {}) as Readonly<Record<string, { filter?: { namespace?: string } } | null>>;
  return Object.entries(processors)
    .filter(([name]) => name.split('/')[0] === 'k8s_attributes')
    .flatMap(([, processor]) =>
      READ.map((verb) => ({
        account,
        verb,
        resource: 'pods',
        namespace: processor?.filter?.namespace,
        expected: true,
      })),
    );
}

/** What none of our programs may do. */
function forbidden(set: ManifestSet): Question[] {
  const namespaces = new Set(
    set.objects.map(({ metadata }) => metadata.namespace).filter((name) => name !== undefined),
  );
  return ofKind(set, 'ServiceAccount').flatMap(({ metadata }) => {
    const account = { name: metadata.name, namespace: metadata.namespace ?? 'default' };
    const everywhere = [
      { verb: 'get', resource: 'nodes', subresource: 'proxy' },
      { verb: 'create', resource: 'nodes', subresource: 'proxy' },
      { verb: '*', group: '*', resource: '*' },
      { verb: 'impersonate', resource: 'users' },
    ];
    const inEach = [
      ...['get', 'list', 'watch', 'create'].map((verb) => ({ verb, resource: 'secrets' })),
      { verb: 'create', resource: 'pods', subresource: 'exec' },
      { verb: 'get', resource: 'pods', subresource: 'exec' },
      { verb: 'create', resource: 'pods' },
      { verb: 'create', resource: 'serviceaccounts', subresource: 'token' },
      { verb: 'create', group: 'rbac.authorization.k8s.io', resource: 'rolebindings' },
      { verb: '*', group: '*', resource: '*' },
    ];
    return [
      ...everywhere.map((question) => ({ account, ...question, expected: false })),
      ...[...namespaces].flatMap((namespace) =>
        inEach.map((question) => ({ account, ...question, namespace, expected: false })),
      ),
    ];
  });
}
