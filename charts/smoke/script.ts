import { WATCHDOG } from '../../content/alerts/watchdog';
import { METRIC, PLACEHOLDERS, SERVICE } from './requests';

/** Clocks may differ by this much, in seconds. The header `Date` has whole seconds, and a request takes time. */
export const MAX_SKEW_SECONDS = 5;

/** How long a request may take, in seconds. */
const REQUEST_SECONDS = 5;

/**
 * The script of the Job, for the shell, wget and promtool of Prometheus' image. It repeats each check until it passes or the time is over,
 * and prints a line for each: name, verdict (passed, FAILED, NOT CHECKED), and what was found, with tabs between.
 *
 * A check is a function: it prints what it found, and returns 0 if it passed, 1 if it failed so far, 2 if it could not be done.
 *
 * Its variables: CHECKS, names; FILES, a folder with the requests and the queries; WAIT, seconds; the addresses of the programs; and CLOCKS,
 * the URLs whose `Date` is compared.
 */
export const SCRIPT = String.raw`set -u
start=$(date +%s)
random() { head -c "$1" /dev/urandom | od -An -tx1 | tr -d ' \n'; }
run=$(random 8)

# wget and promtool have no common option for a time limit.
limited() {
  timeout ${REQUEST_SECONDS} "$@" 2>&1 && return
  [ $? -lt 124 ] || echo 'no answer within ${REQUEST_SECONDS} s'
  return 1
}
get() { limited wget -q -O - "$@"; }
ask() { limited promtool query instant "$PROMETHEUS" "$1"; }
one_line() { sed 's/ @\[[0-9.]*\]$//' | tr '\n\t' '; ' | sed 's/; *$//; s/;/; /g' | cut -c 1-600; }

# Sends a request by a way in, until it is accepted once.
sent() {
  way=$1 kind=$2 request=$3
  [ -e "/tmp/$kind-$way" ] && return
  [ "$way" = grpc ] && url=$OTLP_BY_GRPC || url=$OTLP_BY_HTTP
  trace=$(random 16)
  body=$(sed "s/${PLACEHOLDERS.trace}/$trace/; s/${PLACEHOLDERS.span}/$(random 8)/; s/${PLACEHOLDERS.run}/$run/; \
    s/${PLACEHOLDERS.time}/$(date +%s)000000000/; s/${PLACEHOLDERS.way}/$way/" "$FILES/$request.json")
  answer=$(get --header 'Content-Type: application/json' --post-data "$body" "$url/v1/$kind") ||
    { echo "not accepted: $answer"; return 1; }
  echo "$trace" > "/tmp/$kind-$way"
}

trace() {
  sent "$1" traces trace || return 1
  id=$(cat "/tmp/traces-$1")
  answer=$(get "$JAEGER/api/traces/$id") || { echo "accepted, but trace $id is not in Jaeger: $answer"; return 1; }
  case $answer in *"$id"*) echo "trace $id, found after $(($(date +%s) - start)) s" ;; *) echo "no trace $id"; return 1 ;; esac
}

metric() {
  sent "$1" metrics metric || return 1
  series="${METRIC}{job=\"${SERVICE}\",instance=\"$run\",way=\"$1\"}"
  answer=$(ask "$series") || { echo "accepted, but Prometheus cannot be asked: $answer"; return 1; }
  [ -n "$answer" ] || { echo "accepted, but $series is not in Prometheus"; return 1; }
  echo "$series, found after $(($(date +%s) - start)) s"
}

query() {
  answer=$(ask "$(cat "$FILES/$1.known")") || { echo "$answer"; return 2; }
  [ -n "$answer" ] || { echo "no data: $(cat "$FILES/$1.known")"; return 2; }
  answer=$(ask "$(cat "$FILES/$1.problems")") || { echo "$answer"; return 2; }
  [ -z "$answer" ] || { echo "$answer"; return 1; }
}

# A rule that was not evaluated yet is not known to work.
rules() {
  answer=$(get "$PROMETHEUS/api/v1/rules") || { echo "$answer"; return 2; }
  case $answer in *'"health":"unknown"'*) echo 'rules that were not evaluated yet'; return 2 ;; esac
  failed=$(printf '%s' "$answer" | grep -oE '"(name|lastError)":"([^"\\]|\\.)*"' |
    awk -F '":"' '/^"name"/ { name = $2 } /^"lastError"/ { print name " " $2 }' | tr -d '"\\')
  [ -z "$failed" ] || { echo "$failed"; return 1; }
}

watchdog() {
  answer=$(get "$ALERTMANAGER/api/v2/alerts?filter=alertname%3D${WATCHDOG}") || { echo "$answer"; return 1; }
  case $answer in *'"${WATCHDOG}"'*) ;; *) echo 'Alertmanager does not have the alert ${WATCHDOG}'; return 1 ;; esac
}

grafana() {
  answer=$(get "$GRAFANA/api/health") || { echo "$answer"; return 1; }
  case $(printf '%s' "$answer" | tr -d ' ') in *'"database":"ok"'*) ;; *) echo "$answer"; return 1 ;; esac
}

# The Collector answers to nothing but a request with telemetry, which may be empty.
clocks() {
  verdict=0
  for url in $CLOCKS; do
    case $url in */v1/*) set -- --header 'Content-Type: application/json' --post-data '{}' ;; *) set -- ;; esac
    header=$(limited wget -S -O /dev/null "$@" "$url" | sed -n 's/^ *[Dd]ate: \(.*\) GMT.*/\1/p' | head -n 1)
    [ -n "$header" ] || { echo "no date from $url"; [ $verdict = 1 ] || verdict=2; continue; }
    off=$(($(date -u -D '%a, %d %b %Y %H:%M:%S' -d "$header" +%s) - $(date +%s)))
    [ $off -ge -${MAX_SKEW_SECONDS} ] && [ $off -le ${MAX_SKEW_SECONDS} ] || { echo "$url is $off s off"; verdict=1; }
  done
  return $verdict
}

check() {
  case $1 in
    trace-grpc) trace grpc ;;
    trace-http) trace http ;;
    metric-grpc) metric grpc ;;
    metric-http) metric http ;;
    rules | watchdog | grafana | clocks) "$1" ;;
    *) query "$1" ;;
  esac
}

waiting=$CHECKS all_passed=yes
while [ -n "$waiting" ]; do
  [ $(($(date +%s) - start)) -lt "$WAIT" ] && is_last=no || is_last=yes
  again=
  for name in $waiting; do
    found=$(check "$name")
    case $? in 0) verdict=passed ;; 1) verdict=FAILED ;; *) verdict='NOT CHECKED' ;; esac
    if [ "$verdict" != passed ] && [ $is_last = no ]; then again="$again $name"; continue; fi
    printf '%s\t%s\t%s\n' "$name" "$verdict" "$(echo "$found" | one_line)"
    [ "$verdict" = passed ] || all_passed=no
  done
  waiting=$again
  [ -z "$waiting" ] || sleep 2
done
[ $all_passed = yes ]
`;
