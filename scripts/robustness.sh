#!/usr/bin/env bash
# Scans each of the last N commits of a repository. Fails on a non-zero exit, a panic, or invalid JSON.
#
#   scripts/robustness.sh REPO N [PREFLAG]      PREFLAG: the program, target/release/preflag unless given
#
# LIMIT=60   seconds a scan may take
#
# Needs bash 5, git, and jq or python3 to check the JSON.
set -euo pipefail

(($# >= 2)) || { echo "usage: scripts/robustness.sh REPO N [PREFLAG]" >&2; exit 2; }
repository=$1 count=$2
preflag=$(realpath "${3:-target/release/preflag}")
limit=${LIMIT:-60}
[[ -x $preflag ]] || { echo "robustness.sh: there is no program at $preflag; run \`cargo build --release\`" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if command -v jq >/dev/null; then
  # One object, and only that.
  valid_json() { [[ $(jq -s 'length == 1 and (.[0] | type == "object")' "$1" 2>/dev/null) == true ]]; }
elif command -v python3 >/dev/null; then
  valid_json() { python3 -c 'import json, sys; assert isinstance(json.load(open(sys.argv[1])), dict)' "$1" 2>/dev/null; }
else
  echo "robustness.sh: neither jq nor python3 is installed" >&2
  exit 2
fi
bounded() { if command -v timeout >/dev/null; then timeout "$limit" "$@"; else "$@"; fi; }

# A bare repository is named by its directory, as one with a work tree is.
mapfile -t commits < <(git -C "$repository" rev-list --max-count="$count" HEAD 2>/dev/null ||
  git --git-dir="$repository" rev-list --max-count="$count" HEAD)
((${#commits[@]} > 0)) || { echo "robustness.sh: no commits in $repository" >&2; exit 2; }

failures=0 slowest=0 slowest_commit=
for commit in "${commits[@]}"; do
  start=${EPOCHREALTIME/[.,]/}
  status=0
  bounded "$preflag" scan --repo "$repository" --format json --no-gate "$commit^..$commit" >"$work/out" 2>"$work/err" ||
    status=$?
  end=${EPOCHREALTIME/[.,]/}
  took=$(((end - start) / 1000))
  if ((took > slowest)); then slowest=$took slowest_commit=$commit; fi
  problem=
  if ((status == 124)); then
    problem="took more than $limit s"
  elif [[ $(<"$work/err") == *panicked* ]]; then
    problem=panic
  elif ((status != 0)); then
    problem="exit $status"
  elif ! valid_json "$work/out"; then
    problem="invalid JSON"
  fi
  if [[ -n $problem ]]; then
    failures=$((failures + 1))
    echo "$commit: $problem"
    head -n 3 "$work/err" | cat -v
  fi
done
echo "${#commits[@]} commits, $failures failures; the slowest took $slowest ms ($slowest_commit)"
((failures == 0))
