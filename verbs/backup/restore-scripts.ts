/**
 * The shell scripts by which a restore replaces the data on a claim. `.restore/state` says how far it is, so that a script that was cut
 * anywhere can be followed by another one, and the old data is never lost:
 *
 * | state | the old data | what is done with it on the way back |
 * |---|---|---|
 * | none, `receiving`, `received` | in its place | nothing: the new data is deleted |
 * | `moving-old` | in part in `old` | it moves back |
 * | `moving-new`, `switched` | in `old` | the new data moves aside, then it moves back |
 * | `removing-new`, `returning-old` | on its way back | the way back goes on |
 * | `confirmed` | being deleted | nothing: a program has started with the new data |
 */
import { DATA } from '../../charts/backup/collect';
import { FOLDERS, NOT_DATA } from '../../charts/backup/folders';
import type { Program } from './stores';

const folder = `${DATA}/${FOLDERS.restore}`;
const state = `${folder}/state`;
const incoming = `${folder}/new`;
const previous = `${folder}/old`;
/** What the old data takes the place of. */
const aside = `${folder}/aside`;

/** Which entries of the claim are data of the program. The rest stays, such as Grafana's plugins. */
const REPLACED: Readonly<Record<Program, string>> = {
  prometheus: '*',
  jaeger: '*',
  alertmanager: '*',
  grafana: 'grafana.db|grafana.db-wal|grafana.db-shm|grafana.db-journal|.secret-key|.admin-password',
};

/** A state is written by a rename, and is on the disk before anything is moved. `clear` deletes the state last. */
const STATE = `set -eu
state() {
  if [ -e ${state} ]; then cat ${state}
  elif [ -n "$(ls -A ${previous} 2>/dev/null)" ]; then echo unknown
  else echo none; fi
}
mark() { mkdir -p ${folder}; echo "$1" > ${state}.next; mv ${state}.next ${state}; sync; }
delete() { rm -rf "$@" || { sleep 1; rm -rf "$@"; }; }
clear() { delete ${incoming} ${previous} ${aside}; delete ${folder}; }
`;

/** Moves the program's entries of one folder to another. One of the same name there is an error, or is moved to $3. */
const move = (program: Program) => `
move() {
  mkdir -p "$2"
  for path in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    [ -e "$path" ] || [ -L "$path" ] || continue
    entry="\${path##*/}"
    case "$entry" in
      ${NOT_DATA.join('|')}) ;;
      ${REPLACED[program]})
        if [ -e "$2/$entry" ]; then
          [ $# -eq 3 ] || { echo "$2/$entry exists: a program has started meanwhile" >&2; exit 1; }
          mkdir -p "$3"
          rm -rf "$3/$entry"
          mv "$2/$entry" "$3/$entry"
        fi
        mv "$path" "$2/$entry" ;;
    esac
  done
}
`;

/** Prints the state. */
export const PRINT_STATE = `${STATE}
state
`;

/** States in which the claim's data is not, or not all of it, the data that the program had before the restore. */
const MOVED: readonly string[] = ['moving-old', 'moving-new', 'switched', 'removing-new', 'returning-old', 'unknown'];

/** Whether a program must be stopped before the way back. @param printed what `PRINT_STATE` has printed */
export const isMoved = (printed: string): boolean => MOVED.includes(printed.trim());

/** Free space of the claim, in KiB. */
export const FREE = `df -Pk ${DATA} | tail -n 1 | awk '{print $4}'`;

/** Receives a tar archive as the new data, beside the old. It refuses while the old data is not in its place. */
export const RECEIVE = `${STATE}
case "$(state)" in
  none|receiving|received|confirmed) clear ;;
  *) echo "an earlier restore was not finished: $(state)" >&2; exit 1 ;;
esac
mark receiving
mkdir -p ${incoming}
tar -C ${incoming} -xf -
`;

/** Compares the new data with a list of checksums. */
export const COMPARE = `${STATE}
[ "$(state)" = receiving ] || { echo "nothing was received: $(state)" >&2; exit 1; }
cd ${incoming}
sha256sum -c - >/tmp/compared || { grep -v ': OK$' /tmp/compared | head -n 5 >&2; exit 1; }
found="$(find . -type f | wc -l)"
listed="$(wc -l </tmp/compared)"
[ "$found" -eq "$listed" ] || { echo "$found files arrived, and $listed are in the backup" >&2; exit 1; }
mark received
`;

/** Moves the old data aside and the new data into its place. Prints how many entries of old data there are. */
export const switchTo = (program: Program): string => `${STATE}${move(program)}
[ "$(state)" = received ] || { echo "nothing was received: $(state)" >&2; exit 1; }
mark moving-old
move ${DATA} ${previous}
mark moving-new
move ${incoming} ${DATA}
mark switched
ls -A ${previous} | wc -l
`;

/** Puts the old data back, from every state, and removes the new. What a program has written meanwhile gives way. Prints the state. */
export const switchBack = (program: Program): string => `${STATE}${move(program)}
found="$(state)"
case "$found" in
  moving-old|unknown) mark returning-old ;;
  moving-new|switched) mark removing-new ;;
esac
if [ "$(state)" = removing-new ]; then
  move ${DATA} ${aside} ${aside}/meanwhile
  mark returning-old
fi
if [ "$(state)" = returning-old ]; then move ${previous} ${DATA} ${aside}/meanwhile; fi
clear
echo "$found"
`;

/** Deletes the old data: a program has started with the new. It refuses while the old data may still be needed. */
export const CONFIRM = `${STATE}
case "$(state)" in
  switched) mark confirmed; clear ;;
  none|confirmed) clear ;;
  *) echo "the data is not in place: $(state)" >&2; exit 1 ;;
esac
`;
