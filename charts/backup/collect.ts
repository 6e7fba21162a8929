/** The shell scripts that collect a copy of a program's data on the program's own claim. The shell is busybox, with Python for SQLite. */
import { NOT_DATA } from './folders';

/** Where the pods that copy mount the claim. */
export const DATA = '/data';

/** The programs whose data can be copied. */
export const PROGRAMS = ['prometheus', 'jaeger', 'grafana', 'alertmanager'] as const;
/** A program whose data can be copied: the value of its name label. */
export type CopiedProgram = (typeof PROGRAMS)[number];

/**
 * Prometheus' copy while it runs. Blocks never change, so they are linked, which takes no time and no space; a file system without hard
 * links copies them, if there is room: Prometheus, which runs, needs what is free. The last segment of the WAL is still written, so it is copied; a record that is torn at its end is dropped by
 * Prometheus when it opens the copy. Chunks that are mapped from disk are left out: the WAL has their samples.
 *
 * A block that appears or goes meanwhile means that samples have moved from the WAL to a block: then it starts again.
 */
const prometheus = (stage: string) => `set -eu
rm -rf ${stage}
mkdir -p ${stage}
: > ${stage}/one
if ! ln ${stage}/one ${stage}/two 2>/dev/null; then
  needed=$(du -sk ${DATA} | cut -f 1)
  free=$(df -Pk ${DATA} | tail -n 1 | awk '{print $4}')
  if [ "$free" -le "$needed" ]; then
    rm -rf ${stage}
    echo "the claim's file system has no hard links, so the copy needs $needed KiB, and $free KiB are free" >&2
    exit 1
  fi
fi
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
until copy 2>/tmp/failed; do
  if [ "$tries" -ge 30 ]; then cat /tmp/failed >&2; rm -rf ${stage}; echo "30 tries failed" >&2; exit 1; fi
  tries=$((tries + 1))
  sleep 1
done
echo "$tries"
`;

/**
 * Jaeger's copy while Jaeger is stopped. Badger's files are copied, not linked: it empties a file before it deletes it
 * (github.com/dgraph-io/ristretto, z/file.go), and with it the link.
 */
const jaeger = (stage: string) => `set -eu
rm -rf ${stage}
mkdir -p ${stage}
for entry in $(ls -A ${DATA}); do
  case "$entry" in
    ${NOT_DATA.join('|')}) ;;
    *) cp -a "${DATA}/$entry" "${stage}/$entry" ;;
  esac
done
find ${stage} -name LOCK -exec rm -f {} +
`;

/**
 * SQLite's backup, and SQLite's check of the copy. All pages are copied under one lock, so Grafana's writes wait meanwhile: a copy in steps
 * starts again with each write of another process, and never ends under a steady load. It has no single quotes.
 */
const SQLITE = `import sqlite3, sys
source = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True, timeout=60)
copy = sqlite3.connect(sys.argv[2])
with copy:
    source.backup(copy)
copy.execute("PRAGMA journal_mode=DELETE")
found = [row[0] for row in copy.execute("PRAGMA integrity_check")]
tables = copy.execute("SELECT count(*) FROM sqlite_master WHERE type=?", ("table",)).fetchone()[0]
copy.close()
if found != ["ok"]:
    sys.exit("PRAGMA integrity_check: " + "; ".join(found[:5]))
print("integrity_check ok, %d tables" % tables)
`;

/** Grafana's copy while it runs: the database, and the two files of its first start. The key decrypts credentials in the database. */
const grafana = (stage: string) => `set -eu
rm -rf ${stage}
mkdir -p ${stage}
[ -e ${DATA}/grafana.db ] || { echo "there is no grafana.db" >&2; exit 1; }
python3 -c '${SQLITE}' ${DATA}/grafana.db ${stage}/grafana.db
for file in .secret-key .admin-password; do
  [ ! -e "${DATA}/$file" ] || cp -p "${DATA}/$file" "${stage}/$file"
done
`;

/** Alertmanager's copy: it replaces these files as a whole, every 15 minutes and when it stops (its `--data.maintenance-interval`). */
const alertmanager = (stage: string) => `set -eu
[ -e ${DATA}/silences ] || { echo "there is no file of silences yet: Alertmanager writes it every 15 minutes" >&2; exit 1; }
rm -rf ${stage}
mkdir -p ${stage}
for file in silences nflog; do
  [ ! -e "${DATA}/$file" ] || cp -p "${DATA}/$file" "${stage}/$file"
done
`;

/** Collects a program's copy in a folder of its claim, and prints how many tries that took, or what SQLite found. */
export const COLLECT: Readonly<Record<CopiedProgram, (stage: string) => string>> = {
  prometheus,
  jaeger,
  grafana,
  alertmanager,
};
