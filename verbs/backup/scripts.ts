/** The shell scripts that helpers run. A helper has busybox, and the claim at `/data`. */
import { COLLECT, DATA } from '../../charts/backup/collect';
import { FOLDERS } from '../../charts/backup/folders';
import type { Program } from './stores';

/** Folder on the claim in which a backup collects a copy. */
export const STAGE = FOLDERS.backup;

const stage = `${DATA}/${STAGE}`;

/** How each program's copy is collected for `monitor-backup`. Silences are read from Alertmanager's API. */
export const STAGING: Readonly<Partial<Record<Program, string>>> = {
  prometheus: COLLECT.prometheus(stage),
  jaeger: COLLECT.jaeger(stage),
  grafana: COLLECT.grafana(stage),
};

/** Kibibytes that are used by the data, and that are free. */
export const ROOM = `set -eu
rm -rf ${stage}
used=$(du -sk ${DATA} | cut -f 1)
free=$(df -Pk ${DATA} | tail -n 1 | awk '{print $4}')
echo "$used $free"
`;

/** The checksum of every file of the copy, in the form of sha256sum. */
export const CHECKSUMS = `cd ${stage} && find . -type f -exec sha256sum {} +`;

/** The copy as a tar archive, and its size in bytes. */
export const SEND = `tar -C ${stage} -cf - .`;
export const SIZE = `find ${stage} -type f -exec wc -c {} + | awk '$2 != "total" {sum += $1} END {print sum + 0}'`;

/** Removes what a backup has collected. */
export const CLEAN = `rm -rf ${stage}`;
