/** The shell scripts that helpers run. A helper has busybox, and the claim at `/data`. */
import { DATA } from './helper';
import type { Program } from './stores';

/** Folder on the claim in which a backup collects a copy. */
export const STAGE = '.backup';
/** Folder on the claim in which a restore collects the new data, and keeps the old until the program has started. */
export const RESTORE = '.restore';

const stage = `${DATA}/${STAGE}`;

/**
 * Prometheus' copy while it runs. Blocks never change, so they are linked, which takes no time and no space; a file system without hard
 * links copies them. The last segment of the WAL is still written, so it is copied; a record that is torn at its end is dropped by
 * Prometheus when it opens the copy. Chunks that are mapped from disk are left out: the WAL has their samples.
 *
 * A block that appears or goes meanwhile means that samples have moved from the WAL to a block: then it starts again.
 */
const PROMETHEUS = `set -eu
blocks() { ls ${DATA} | grep -E '^[0-9A-HJKMNP-TV-Z]{26}$' || true; }
complete() { for block in $(blocks); do [ ! -e "${DATA}/$block/meta.json" ] || echo "$block"; done; }
link() { cp -al "$1" "$2" 2>/dev/null || { rm -rf "$2"; cp -a "$1" "$2"; }; }
log() {
  [ -d "${DATA}/$1" ] || return 0
  mkdir -p "${stage}/$1"
  entries=$(ls "${DATA}/$1" | grep -E '^([0-9]+|checkpoint\\.[0-9]+)$' || true)
  last=$(echo "$entries" | grep -v checkpoint | sort | tail -n 1)
  for entry in $entries; do
    if [ "$entry" = "$last" ]; then cp "${DATA}/$1/$entry" "${stage}/$1/$entry" || return 1
    else link "${DATA}/$1/$entry" "${stage}/$1/$entry" || return 1; fi
  done
}
copy() {
  rm -rf ${stage}
  mkdir -p ${stage}
  before=$(complete)
  for block in $before; do link "${DATA}/$block" "${stage}/$block" || return 1; done
  log wal || return 1
  log wbl || return 1
  [ "$(complete)" = "$before" ]
}
tries=1
until copy 2>${DATA}/.backup-error; do
  if [ "$tries" -ge 30 ]; then cat ${DATA}/.backup-error >&2; rm -rf ${stage} ${DATA}/.backup-error; echo "30 tries failed" >&2; exit 1; fi
  tries=$((tries + 1))
  sleep 1
done
rm -f ${DATA}/.backup-error
echo "$tries"
`;

/**
 * Jaeger's copy while Jaeger is stopped. Badger's files are copied, not linked: it empties a file before it deletes it
 * (github.com/dgraph-io/ristretto, z/file.go), and with it the link.
 */
const JAEGER = `set -eu
rm -rf ${stage}
mkdir -p ${stage}
for entry in $(ls ${DATA}); do
  [ "$entry" = lost+found ] || cp -a "${DATA}/$entry" "${stage}/$entry"
done
find ${stage} -name LOCK -exec rm -f {} +
echo 1
`;

/** SQLite's backup, which is whole whatever Grafana writes meanwhile, and SQLite's check of the copy. */
const SQLITE = `import sqlite3, sys
source = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True, timeout=60)
copy = sqlite3.connect(sys.argv[2])
with copy:
    source.backup(copy, pages=1000, sleep=0.05)
copy.execute("PRAGMA journal_mode=DELETE")
found = [row[0] for row in copy.execute("PRAGMA integrity_check")]
tables = copy.execute("SELECT count(*) FROM sqlite_master WHERE type='table'").fetchone()[0]
copy.close()
if found != ["ok"]:
    sys.exit("PRAGMA integrity_check: " + "; ".join(found[:5]))
print("integrity_check ok, %d tables" % tables)
`;

/** Grafana's copy while it runs: the database, and the two files of its first start. The key decrypts credentials in the database. */
const GRAFANA = `set -eu
rm -rf ${stage}
mkdir -p ${stage}
[ -e ${DATA}/grafana.db ] || { echo "there is no grafana.db" >&2; exit 1; }
python3 -c '${SQLITE}' ${DATA}/grafana.db ${stage}/grafana.db
for file in .secret-key .admin-password; do
  [ ! -e "${DATA}/$file" ] || cp -p "${DATA}/$file" "${stage}/$file"
done
`;

/** How each program's copy is collected in the stage; it prints how many tries that took, or what SQLite found. */
export const STAGING: Readonly<Partial<Record<Program, string>>> = {
  prometheus: PROMETHEUS,
  jaeger: JAEGER,
  grafana: GRAFANA,
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
export const CLEAN = `rm -rf ${stage} ${DATA}/.backup-error`;

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
