#!/usr/bin/env bash
# Times `preflag scan` against `git diff` on a made-up repository of 5,000 files.
#
#   scripts/bench.sh [PREFLAG]      PREFLAG: the program, target/release/preflag unless given
#
# ROUNDS=11       rounds of each pair of commands (at least 9); they take turns, the medians are compared
# MAX_RATIO=8     fail when a scan takes more than this many times as long as the diff
# REPO=DIR RANGE=A..B   measure that range of that repository instead
#
# Needs bash 5 and git; the peak memory also /usr/bin/time, python3 or /proc.
set -euo pipefail

preflag=$(realpath "${1:-target/release/preflag}")
rounds=${ROUNDS:-11}
max_ratio=${MAX_RATIO:-8}
((rounds >= 9)) || { echo "bench.sh: ROUNDS must be at least 9" >&2; exit 2; }
[[ -x $preflag ]] || { echo "bench.sh: there is no program at $preflag; run \`cargo build --release\`" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Settings of the person who runs this must not change what is measured.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C

typescript='import { useEffect, useState } from "react";
import { request } from "../shared/request";

export interface Order@N@ {
  id: string;
  customer: string;
  lines: { sku: string; quantity: number; price: number }[];
}

const PAGE_SIZE = 25;

export async function loadOrders@N@(customer: string, page: number): Promise<Order@N@[]> {
  const query = new URLSearchParams({ customer, page: String(page), size: String(PAGE_SIZE) });
  const response = await request(`/api/orders@N@?${query}`);
  if (!response.ok) {
    throw new Error(`orders: ${response.status}`);
  }
  return (await response.json()) as Order@N@[];
}

export function orderTotal@N@(order: Order@N@): number {
  let total = 0;
  for (const line of order.lines) {
    total += line.quantity * line.price;
  }
  return Math.round(total * 100) / 100 + @V@;
}

export class OrderQueue@N@ {
  private waiting: Order@N@[] = [];

  push(order: Order@N@): void {
    if (this.waiting.some((known) => known.id === order.id)) {
      return;
    }
    this.waiting.push(order);
  }

  take(count = @V@): Order@N@[] {
    return this.waiting.splice(0, count);
  }
}
'
python='"""Orders of customer group @N@."""

from dataclasses import dataclass, field

from shared.request import request

PAGE_SIZE = 25


@dataclass
class Order@N@:
    id: str
    customer: str
    lines: list = field(default_factory=list)

    def total(self):
        amount = sum(line.quantity * line.price for line in self.lines)
        return round(amount, 2) + @V@


def load_orders_@N@(customer, page=0):
    response = request("/api/orders@N@", customer=customer, page=page, size=PAGE_SIZE)
    if not response.ok:
        raise RuntimeError(f"orders: {response.status}")
    return [Order@N@(**item) for item in response.json()]


class OrderQueue@N@:
    def __init__(self, limit=@V@):
        self.limit = limit
        self.waiting = []

    def push(self, order):
        if any(known.id == order.id for known in self.waiting):
            return False
        self.waiting.append(order)
        return len(self.waiting) < self.limit
'

# One file of the repository, as a command of `git fast-import`.
file() { # number version
  local number=$1 version=$2 path text
  if ((number % 2)); then
    path="web/area$((number % 61))/orders$number.ts" text=$typescript
  else
    path="server/area$((number % 53))/orders_$number.py" text=$python
  fi
  text=${text//@N@/$number}
  text=${text//@V@/$version}
  printf 'M 100644 inline %s\ndata %d\n%s\n' "$path" "${#text}" "$text"
}

commit() { # version first last
  local version=$1 message="change of $(($3 - $2 + 1)) files" number
  printf 'commit refs/heads/main\ncommitter Bench <bench@example.com> %d +0000\n' $((1700000000 + version))
  printf 'data %d\n%s\n' "${#message}" "$message"
  for ((number = $2; number <= $3; number++)); do file "$number" "$version"; done
}

make_repository() {
  git init -q --initial-branch=main "$work/repository"
  {
    commit 1 1 5000
    commit 2 100 100
    commit 3 200 209
    commit 4 300 329
    commit 5 400 449
  } | git -C "$work/repository" fast-import --quiet
  git -C "$work/repository" reset -q --hard main
}

now() { printf '%s' "${EPOCHREALTIME/[.,]/}"; }

# Runs a command and sets `took`, in microseconds.
clock() {
  local start end
  start=$(now)
  "$@" >"$work/out" 2>"$work/err" || { echo "bench.sh: failed: $*" >&2; head -n 5 "$work/err" >&2; exit 2; }
  end=$(now)
  took=$((end - start))
}

sorted() { # prints the middle value
  local values=("$@") i j swap
  for ((i = 1; i < ${#values[@]}; i++)); do
    for ((j = i; j > 0 && values[j] < values[j - 1]; j--)); do
      swap=${values[j]} values[j]=${values[j - 1]} values[j - 1]=$swap
    done
  done
  printf '%d' "${values[$((${#values[@]} / 2))]}"
}

# The peak memory of a command in KiB, `-` where it cannot be known.
memory() {
  if [[ -x /usr/bin/time ]] && /usr/bin/time -f %M true 2>/dev/null; then
    /usr/bin/time -f %M -o "$work/memory" "$@" >/dev/null 2>&1 && tail -n 1 "$work/memory"
  elif command -v python3 >/dev/null; then
    python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
  elif [[ -r /proc/self/status ]]; then
    "$@" >/dev/null 2>&1 &
    local process=$! peak=- key value rest
    while kill -0 "$process" 2>/dev/null; do
      while read -r key value rest; do [[ $key == VmHWM: ]] && peak=$value; done <"/proc/$process/status" || break
    done 2>/dev/null
    wait "$process" || true
    echo "$peak"
  else
    echo -
  fi
}

milliseconds() { printf '%d.%d' $(($1 / 1000)) $(($1 % 1000 / 100)); }

failed=0
measure() { # label repository range
  local label=$1 repository=$2 range=$3 round diffs=() scans=() diff scan ratio peak
  local diff_command=(git -C "$repository" --no-pager diff "$range")
  local scan_command=("$preflag" scan --repo "$repository" --no-gate --format json "$range")
  clock "${diff_command[@]}"
  clock "${scan_command[@]}"
  for ((round = 0; round < rounds; round++)); do
    clock "${diff_command[@]}"
    diffs+=("$took")
    clock "${scan_command[@]}"
    scans+=("$took")
  done
  diff=$(sorted "${diffs[@]}") scan=$(sorted "${scans[@]}")
  ratio=$((scan * 10 / (diff > 0 ? diff : 1)))
  peak=$(memory "${scan_command[@]}")
  [[ $peak == - ]] || peak="$((peak / 1024)) MiB"
  printf '%-12s %12s %12s %7d.%dx %10s\n' "$label" "$(milliseconds "$diff") ms" "$(milliseconds "$scan") ms" \
    $((ratio / 10)) $((ratio % 10)) "$peak"
  ((ratio <= max_ratio * 10)) || failed=1
}

printf '%-12s %12s %12s %9s %10s\n' change 'git diff' 'preflag scan' ratio 'peak memory'
if [[ -n ${REPO:-} ]]; then
  measure "given" "$REPO" "${RANGE:?RANGE=A..B goes with REPO}"
else
  make_repository
  measure "1 file" "$work/repository" main~3^..main~3
  measure "10 files" "$work/repository" main~2^..main~2
  measure "30 files" "$work/repository" main~1^..main~1
  measure "50 files" "$work/repository" main^..main
fi
if ((failed)); then
  echo "bench.sh: a scan took more than $max_ratio times as long as the diff" >&2
  exit 1
fi
