/** The shell scripts that helpers run. A helper has busybox, and the claim at `/data`. */
import { COLLECT, DATA } from '../../charts/backup/collect';
import type { Program } from './stores';

/** Folder on the claim in which a backup collects a copy. */
export const STAGE = '.backup';
/** Folder on the claim in which a restore collects the new data, and keeps the old until the program has started. */
export const RESTORE = '.restore';

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

const incoming = `${DATA}/${RESTORE}/new`;
const previous = `${DATA}/${RESTORE}/old`;

/** Compares the new data with a list of checksums. */
export const COMPARE = `set -eu
cd ${incoming}
sha256sum -c - >/tmp/compared || { grep -v ': OK$' /tmp/compared | head -n 5 >&2; exit 1; }
[ "$(find . -type f | wc -l)" -eq "$(wc -l </tmp/compared)" ]
`;

/** Which entries of the claim are data of the program. The rest stays, such as Grafana's plugins. */
const REPLACED: Readonly<Record<Program, string>> = {
  prometheus: '*',
  jaeger: '*',
  alertmanager: '*',
  grafana: 'grafana.db|grafana.db-wal|grafana.db-shm|grafana.db-journal|.secret-key|.admin-password',
};

const move = (program: Program, from: string, to: string) => `
mkdir -p ${to}
for entry in $(ls -A ${from}); do
  case "$entry" in
    ${RESTORE}|${STAGE}|lost+found) ;;
    ${REPLACED[program]}) mv "${from}/$entry" "${to}/$entry" ;;
  esac
done
`;

/** Moves the old data aside and the new data into its place. A second run goes on where the first one stopped. */
export const switchTo = (program: Program): string => `set -eu
[ -d ${incoming} ] || exit 1
if [ ! -e ${DATA}/${RESTORE}/moved ]; then ${move(program, DATA, previous)} : > ${DATA}/${RESTORE}/moved; fi
${move(program, incoming, DATA)}
`;

/** Puts the old data back, and removes the new. */
export const switchBack = (program: Program): string => `set -eu
[ -d ${previous} ] || { rm -rf ${DATA}/${RESTORE}; exit 0; }
if [ -e ${DATA}/${RESTORE}/moved ]; then ${move(program, DATA, `${DATA}/${RESTORE}/failed`)} fi
${move(program, previous, DATA)}
rm -rf ${DATA}/${RESTORE}
`;

/**
 * Receives a tar archive as the new data, beside the old. A restore that was killed half way is undone first; one that was killed after
 * the switch has left only old data.
 */
export const receive = (program: Program): string => `set -eu
if [ -d ${previous} ] && { [ ! -e ${DATA}/${RESTORE}/moved ] || [ -n "$(ls -A ${incoming})" ]; }; then
(${switchBack(program)})
fi
rm -rf ${DATA}/${RESTORE}
mkdir -p ${incoming}
tar -C ${incoming} -xf -
`;

/** Removes the old data, or what an interrupted restore has received. */
export const FORGET = `rm -rf ${DATA}/${RESTORE}`;
