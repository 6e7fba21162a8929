/** The lifetime of a pod that copies data: while it is used, and some time after. */

/** Hours that a pod waits for the next command; one that was left ends then, and its claim is free. */
const IDLE_HOURS = 6;

/** How a pod finds out whether it is used. */
interface Idle {
  /** Where the numbers of the container's processes are. */
  readonly processes: string;
  /** Seconds between two looks. */
  readonly interval: number;
  /** How many looks in a row must find nothing. */
  readonly looks: number;
}

/** A pod may be used for days: a deadline from its start would end a long transfer. */
const DEFAULT: Idle = { processes: '/proc', interval: 60, looks: IDLE_HOURS * 60 };

/** A script that ends once no other process has run for a while. Each `kubectl exec` is one; the script itself is the first. */
export const untilIdle = ({ processes, interval, looks }: Idle = DEFAULT): string => `idle=0
while [ "$idle" -lt ${looks} ]; do
  sleep ${interval}
  set -- ${processes}/[0-9]*
  if [ $# -gt 1 ]; then idle=0; else idle=$((idle + 1)); fi
done
`;
