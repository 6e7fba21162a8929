/** The shell scripts of a scheduled backup: one collects the copy, the other stores it. */
import { COLLECT, DATA } from './collect';
import { FOLDERS } from './folders';
import type { Source } from './sources';

/** Folder on the program's claim in which the copy is collected. */
export const STAGE = `${DATA}/${FOLDERS.scheduled}`;
/** File with the checksums of all others, in the form of sha256sum. It is stored last: a copy without it is not complete. */
export const SUMS = 'SHA256SUMS';
/** File that says what the copy is of. */
export const ABOUT = 'about.json';

/** Where the claim with the copies is mounted. */
export const COPIES = '/copies';

/** The deadline of one run, in seconds: a hundred gibibytes at 20 MB/s, read back once, take three hours. */
export const DEADLINE_SECONDS = 6 * 3600;

/** Exit code of a run whose copy is stored, while old ones could not be deleted. Another try would store the same once more. */
export const NOT_PRUNED = 3;

/** Removes what a run has collected that was killed: no run is older than its deadline. */
export const REMOVE_ABANDONED = `find ${DATA} -maxdepth 1 -name ${FOLDERS.scheduled} -mmin +${DEADLINE_SECONDS / 60} -exec rm -rf {} +`;

/** Collects the data of one program. */
export const dataScript = ({ program, claim }: Source): string => COLLECT[program](`${STAGE}/data/${claim}`);

/** Collects the copy and its checksums. $1 is the file with the script for the data, $2 the text about it, with `%s` for the time. */
export const COLLECT_SCRIPT = `set -eu
trap '[ $? -eq 0 ] || rm -rf ${STAGE}' EXIT
rm -rf ${STAGE}
mkdir -p ${STAGE}/data
sh "$1"
cd ${STAGE}
odd="$(find data ! -type f ! -type d)"
[ -z "$odd" ] || { echo "neither files nor folders: $odd" >&2; exit 1; }
[ -n "$(find data -type f)" ] || { echo "there is nothing to copy" >&2; exit 1; }
printf "$2" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > ${ABOUT}
find ${ABOUT} data -type f -exec sha256sum {} + > ${SUMS}
`;

/** The names of our copies, as a regular expression: other folders are left alone. */
const NAME = '[0-9]{8}T[0-9]{6}Z';

/**
 * Stores the copy under the time, reads it back and compares it, and then deletes the oldest copies and those that are not complete. $1 is
 * the folder of the program's copies as rclone names it, $2 how many are kept. rclone takes passwords in a form that it calls obscured.
 *
 * A list that fails must not look like an empty one, so no list goes through a pipe, and nothing is deleted unless the new copy is in it.
 */
export const STORE_SCRIPT = `set -eu
trap 'rm -rf ${STAGE}' EXIT
trap 'exit 143' TERM
if [ -n "\${CRYPT_PASSWORD:-}" ]; then
  RCLONE_CONFIG_STORE_PASSWORD="$(printf %s "$CRYPT_PASSWORD" | rclone obscure -)"
  RCLONE_CONFIG_STORE_PASSWORD2="$(printf %s "$CRYPT_SALT" | rclone obscure -)"
  export RCLONE_CONFIG_STORE_PASSWORD RCLONE_CONFIG_STORE_PASSWORD2
fi
name="$(date -u +%Y%m%dT%H%M%SZ)"
target="$1/$name"
store() {
  rclone copy "$@" ${STAGE} "$target"
  rclone check --download "$@" ${STAGE} "$target"
}
store --exclude /${SUMS}
store --include /${SUMS}
rm -rf ${STAGE}
not_pruned() { echo "$name is stored, but $1: the next run tries again" >&2; exit ${NOT_PRUNED}; }
files="$(rclone lsf -R --files-only --include "/*/${SUMS}" "$1")" || not_pruned "the copies cannot be listed"
folders="$(rclone lsf --dirs-only "$1")" || not_pruned "the copies cannot be listed"
kept="$(echo "$files" | grep -xE '${NAME}/${SUMS}' | cut -d / -f 1 | sort -r | head -n "$2")"
echo "$kept" | grep -qx "$name" || not_pruned "it is not among the newest $2 of the list, so none is deleted"
failed=
for found in $(echo "$folders" | cut -d / -f 1 | grep -xE '${NAME}'); do
  echo "$kept" | grep -qx "$found" || rclone purge "$1/$found" || failed="$failed $found"
done
[ -z "$failed" ] || not_pruned "these cannot be deleted:$failed"
echo "stored $name; kept: $(echo $kept)"
`;
