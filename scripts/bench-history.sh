#!/usr/bin/env bash
# Times what a scan of 10 files reads of history against `git log --oneline` of those files, on made-up repositories.
#
#   scripts/bench-history.sh [PREFLAG]      PREFLAG: the program, target/release/preflag unless given
#
# SIZES="20000 100000"   how many commits the first-parent lines have; every tenth is a merge of two more
# ROUNDS=5        rounds of all commands; they take turns, the best of each are compared
# MAX_COLD=2      fail when history takes more than this many times as long as `git log`, without a cache
# REPO=DIR RANGE=A..B    measure that range of that repository instead; its cache is removed for it
#
# `time` is the wall clock of the scan's stage that reads history, `work` what the processors did for the whole scan, less
# what they do with `--no-history`: on a machine with other work only the second can be compared.
# Needs bash 5, git, awk and /usr/bin/time.
set -euo pipefail

preflag=$(realpath "${1:-target/release/preflag}")
rounds=${ROUNDS:-5}
sizes=${SIZES:-20000 100000}
max_cold=${MAX_COLD:-2}
[[ -x $preflag ]] || { echo "bench-history.sh: there is no program at $preflag; run \`cargo build --release\`" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Settings of the person who runs this must not change what is measured.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C

# 5,000 files in 400 folders, 60 people and a bot; one change to ten files in the end.
make_repository() { # commits folder
  git init -q --bare --initial-branch=main "$2"
  awk -v commits="$1" '
    function dice(sides) { seed = (seed * 16807) % 2147483647; return seed % sides }
    function path(n) { return "area" n % 20 "/module" int(n / 20) % 20 "/file" n ".ts" }
    function text(s) { printf "data %d\n%s\n", length(s), s }
    function change(n) { printf "M 100644 inline %s\n", path(n); text("export const v" n " = () => " at ";\n") }
    function start(branch, title,   who) {
      at++
      who = dice(20) ? "Person " dice(60) : "dependabot[bot]"
      printf "commit refs/heads/%s\nmark :%d\n", branch, at
      printf "author %s <%s@example.com> %d +0000\n", who, who, 1500000000 + at * 900
      printf "committer %s <%s@example.com> %d +0000\n", who, who, 1500000000 + at * 900
      text((dice(6) ? "Change" : "fix:") " " title " (#" at ")")
    }
    BEGIN {
      seed = 42
      start("main", "everything")
      for (n = 0; n < 5000; n++) change(n)
      for (i = 2; i < commits; i++) {
        line = at
        if (i % 10 == 0) {
          start("side", "one"); printf "from :%d\n", line; change(dice(5000))
          start("side", "two"); change(dice(5000)); change(dice(5000))
          side = at
          start("main", "both"); printf "from :%d\nmerge :%d\n", line, side
          change(dice(5000))
        } else {
          start("main", "something")
          for (more = dice(4); more >= 0; more--) change(dice(200) ? dice(5000) : dice(50))
        }
      }
      start("main", "ten files")
      for (n = 0; n < 10; n++) change(n * 411)
    }' | git -C "$2" fast-import --quiet
  git -C "$2" update-ref -d refs/heads/side
  git -C "$2" repack -adfq
}

# Runs a command; sets `took` and `worked` (milliseconds) and `peak` (MiB).
clock() {
  local start=${EPOCHREALTIME/[.,]/} user system memory
  /usr/bin/time -f '%U %S %M' -o "$work/time" "$@" >"$work/out" 2>"$work/err" ||
    { echo "bench-history.sh: failed: $*" >&2; head -n 5 "$work/err" >&2; exit 2; }
  took=$(((${EPOCHREALTIME/[.,]/} - start) / 1000))
  read -r user system memory <<<"$(tail -n 1 "$work/time")"
  worked=$(awk -v own="$user" -v kernel="$system" 'BEGIN { printf "%d", (own + kernel) * 1000 }')
  peak=$((memory / 1024))
}

lower() { if [[ -z $1 ]] || (($2 < $1)); then echo "$2"; else echo "$1"; fi; }

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1fx", a / (b > 0 ? b : 1) }'; }

failed=0
measure() { # label repository range
  local label=$1 repository=$2 range=$3 round files most=0
  local log_time='' log_work='' cold_time='' cold_work='' warm_time='' warm_work='' bare_work=''
  local scan=("$preflag" scan --repo "$repository" --no-config --no-gate --timings --format json "$range")
  local kept
  kept="$(git -C "$repository" rev-parse --path-format=absolute --git-common-dir)/preflag"
  mapfile -t files < <(git -C "$repository" diff --name-only "$range")
  stage() { awk -F'[:,]' '/"score": *[0-9.]+,?$/ { time = $2 } END { printf "%d", time }' "$work/out"; }
  for ((round = 0; round < rounds; round++)); do
    clock git -C "$repository" --no-pager log --oneline "${range%%..*}" -- "${files[@]}"
    log_time=$(lower "$log_time" "$took") log_work=$(lower "$log_work" "$worked")
    "${scan[@]}" --no-history >/dev/null
    clock "${scan[@]}" --no-history
    bare_work=$(lower "$bare_work" "$worked")
    rm -f "$kept/history"
    clock "${scan[@]}"
    cold_time=$(lower "$cold_time" "$(stage)") cold_work=$(lower "$cold_work" "$worked")
    ((peak > most)) && most=$peak
    clock "${scan[@]}"
    warm_time=$(lower "$warm_time" "$(stage)") warm_work=$(lower "$warm_work" "$worked")
    ((peak > most)) && most=$peak
  done
  cold_work=$((cold_work - bare_work)) warm_work=$((warm_work - bare_work))
  printf '%-26s %6d ms %6d ms   %6d ms %6s  %6d ms %6s   %6d ms %6d ms   %4d MiB\n' "$label" "$log_time" "$log_work" \
    "$cold_time" "$(ratio "$cold_time" "$log_time")" "$cold_work" "$(ratio "$cold_work" "$log_work")" \
    "$warm_time" "$warm_work" "$most"
  awk -v cold="$cold_time" -v log_time="$log_time" -v most="$max_cold" 'BEGIN { exit cold > most * log_time }' || failed=1
  grep -o 'History is read [^"]*' "$work/out" | head -n 1 | sed 's/^/    /' || true
}

printf '%-26s %-21s %-37s %-23s %s\n' '' 'git log: time, work' 'cold: time, work' 'warm: time, work' 'peak memory'
if [[ -n ${REPO:-} ]]; then
  measure "given" "$REPO" "${RANGE:?RANGE=A..B goes with REPO}"
else
  for size in $sizes; do
    make_repository "$size" "$work/$size"
    measure "$size commits" "$work/$size" main^..main
    git -C "$work/$size" commit-graph write --reachable --changed-paths 2>"$work/err"
    measure "$size, commit-graph" "$work/$size" main^..main
    rm -rf "${work:?}/$size"
  done
fi
if ((failed)); then
  echo "bench-history.sh: history took more than $max_cold times as long as \`git log\`" >&2
  exit 1
fi
