import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { BACKUP_PREFIX } from '../../content/alerts/kubernetes/scope';
import { addConfigFiles } from '../../lib/config-file';
import { selectorLabels } from '../../lib/labels';
import { claimMount, scratchMount } from '../../lib/mount';
import { hostOf } from '../../lib/outside';
import type { Pod } from '../../lib/pod';
import { ScheduledJob } from '../../lib/scheduled-job';
import type { Claim } from '../common/claim';
import type { StackContext } from '../common/context';
import { identityOf, PartChart } from '../common/part-chart';
import { DATA } from './collect';
import type { BackupSettings } from './schema';
import { COLLECT_SCRIPT, COPIES, DEADLINE_SECONDS, dataScript, NOT_PRUNED, STAGE, STORE_SCRIPT } from './scripts';
import { type Source, sourcesOf } from './sources';

/** The mark of a scheduled copy, and the version of its form. */
export const SCHEDULED_FORMAT = 'cdk8s-observability scheduled copy 1';

const SECRETS_PATH = '/etc/backup/secrets';
const SCRIPTS_PATH = '/etc/backup/scripts';
const scriptPath = (name: string) => `${SCRIPTS_PATH}/${name}.sh`;

/** A schedule that is set. */
export type Scheduled = BackupSettings & { readonly schedule: string };

/**
 * Scheduled backups: a CronJob for each program that can be copied while it runs. Its pod is on the node of the program's pod, because both
 * mount the claim. It has no rights in the cluster, and connects to nothing but the store.
 */
export class Backup extends PartChart {
  constructor(
    context: StackContext,
    readonly settings: Scheduled,
  ) {
    super(context, '95-backup');
  }

  get claims(): readonly Claim[] {
    const { destination } = this.settings;
    if (destination.type !== 'claim') return [];
    return sourcesOf(this.context).map(({ program }) => ({ name: BACKUP_PREFIX + program, size: destination.storage }));
  }

  render(): void {
    const sources = sourcesOf(this.context);
    const scripts = addConfigFiles(this, 'backup-scripts', {
      'collect.sh': COLLECT_SCRIPT,
      'store.sh': STORE_SCRIPT,
      ...Object.fromEntries(sources.map((source) => [`${source.program}.sh`, dataScript(source)])),
    });
    for (const source of sources) this.#addJob(this, source, scripts);
  }

  #addJob(scope: Construct, source: Source, scripts: ApiObject): void {
    const { context, settings } = this;
    const name = BACKUP_PREFIX + source.program;
    const identity = identityOf(context, name, 'backup');
    const pod = this.pod({
      party: context.topology.component(name, selectorLabels(identity)),
      identity,
      image: context.image('backupStore'),
      command: ['/bin/sh', scriptPath('store')],
      user: source.user,
      resources: { cpu: '50m', memory: '512Mi', ephemeralStorage: '128Mi' },
      stopSeconds: 10,
      beside: source.pod,
    });
    const data = pod.mount(claimMount('data', DATA, source.claim));
    const tmp = pod.mount(scratchMount('tmp', '/tmp', 64));
    const folder = pod.configFolder('scripts', SCRIPTS_PATH);
    folder.add(scripts);
    pod.initStep({
      name: 'collect',
      image: context.image('backupTools'),
      command: ['/bin/sh', scriptPath('collect'), scriptPath(source.program), this.#about(source)],
      mounts: [data, tmp, folder.mount],
      memory: '256Mi',
    });
    if (source.program === 'prometheus') {
      pod.initStep({
        name: 'open',
        image: context.image('prometheus'),
        command: ['/bin/promtool', 'tsdb', 'list', `${STAGE}/data/${source.claim}`],
        mounts: [data],
        memory: '512Mi',
      });
    }
    const own = `${context.environment}/${context.namespace}/${source.program}`;
    pod.args(`${this.#storeOf(pod, source)}${own}`, String(settings.keep));
    new ScheduledJob(scope, source.program, pod, {
      schedule: settings.schedule,
      deadlineSeconds: DEADLINE_SECONDS,
      finalExitCode: NOT_PRUNED,
    });
  }

  /** What a copy is of, as JSON with `%s` for the time at which it was taken. */
  #about({ program, claim }: Source): string {
    const { environment, namespace } = this.context;
    const image = this.context.image(program).reference;
    return `${JSON.stringify({ format: SCHEDULED_FORMAT, environment, namespace, claim, program, image, taken: '%s' })}\n`;
  }

  /**
   * Configures rclone by variables, as each backend's page documents them (https://rclone.org/docs/#config-file).
   * @returns the folder of all copies, as rclone names it. Each stack has folders of its own in it: several may use one bucket
   */
  #storeOf(pod: Pod, { program }: Source): string {
    const { destination, encryption } = this.settings;
    pod.env('RCLONE_CONFIG', '/dev/null');
    let folder: string;
    if (destination.type === 'claim') {
      pod.mount(claimMount('copies', COPIES, BACKUP_PREFIX + program));
      folder = `${COPIES}/`;
    } else {
      const { url, cidr, provider, region, caSecret } = destination;
      pod.connectOutside({ ...hostOf(url), cidr }, 'backups');
      const s3 = { TYPE: 's3', PROVIDER: provider, ENDPOINT: url, REGION: region, NO_CHECK_BUCKET: 'true' };
      for (const [key, value] of Object.entries(s3)) pod.env(`RCLONE_CONFIG_S3_${key}`, value);
      pod.secretEnv('RCLONE_CONFIG_S3_ACCESS_KEY_ID', destination.accessKeySecret);
      pod.secretEnv('RCLONE_CONFIG_S3_SECRET_ACCESS_KEY', destination.secretKeySecret);
      if (caSecret !== null) pod.env('RCLONE_CA_CERT', pod.secretFile(SECRETS_PATH, 'ca', caSecret));
      folder = `s3:${destination.bucket}/${destination.folder}/`;
    }
    if (encryption === null) return folder;
    pod.env('RCLONE_CONFIG_STORE_TYPE', 'crypt');
    pod.env('RCLONE_CONFIG_STORE_REMOTE', folder);
    pod.secretEnv('CRYPT_PASSWORD', encryption.passwordSecret);
    pod.secretEnv('CRYPT_SALT', encryption.saltSecret);
    return 'store:';
  }
}
