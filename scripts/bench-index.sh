#!/usr/bin/env bash
# Times questions to the whole repository against `git grep -nF` of a tree and `git diff`, on made-up repositories.
#
#   scripts/bench-index.sh [PREFLAG]      PREFLAG: the program, target/release/preflag unless given
#
# SIZES="1000 5000 20000 50000"   how many files the repositories have
# ROUNDS=9        rounds of all commands (at least 9); they take turns, the medians are compared
# MAX_COLD=5      fail when 5,000 files take more than this many times as long as `git grep`, without a cache
# MAX_WARM=8      fail when, with a cache, they take more than this many times as long as `git diff`
#
# `time` is the wall clock, `work` what the processors did: on a machine with other work only the second can be compared.
# Needs bash 5 and git; the peak memory also /usr/bin/time.
set -euo pipefail

preflag=$(realpath "${1:-target/release/preflag}")
rounds=${ROUNDS:-9}
sizes=${SIZES:-1000 5000 20000 50000}
((rounds >= 9)) || { echo "bench-index.sh: ROUNDS must be at least 9" >&2; exit 2; }
[[ -x $preflag ]] || { echo "bench-index.sh: there is no program at $preflag; run \`cargo build --release\`" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Settings of the person who runs this must not change what is measured.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C

# The files of a repository, as commands of `git fast-import`: some words that all have, some that few have, one flag in 97.
make_repository() { # files folder
  git init -q --initial-branch=main "$2"
  awk -v files="$1" '
    function name(n) { return word[n % 29] word[int(n / 29) % 31] word[int(n / 899) % 37] }
    function content(n, version,   text, parts, part, a, b) {
      text = "import { request" n % 311 " } from \"../area" n % 61 "/module" n % 997 "\";\n"
      parts = 2 + (n * 7919) % 24
      for (part = 0; part < parts; part++) {
        a = name(n * 31 + part * 7); b = name(n * 17 + part * 131)
        text = text "\nexport function " a n "_" part "(order: Order, count = " version ") {\n  if (!order." b ") {\n" \
          "    return null;\n  }\n  const " a " = load" b "(order.lines, \"" a "-" b "\", " (n * part) % 999 ");\n" \
          "  return " a ".map((line) => line." b " + total(" part "));\n}\n"
      }
      if (n % 97 == 0) text = text "\nexport const on = client.isEnabled(\"new-tax-flow\", NEW_TAX_FLOW);\n"
      return text
    }
    function commit(version, first, last,   n, text) {
      printf "commit refs/heads/main\ncommitter Bench <bench@example.com> %d +0000\ndata 1\nx\n", 1700000000 + version
      for (n = first; n <= last; n++) {
        text = content(n, version)
        printf "M 100644 inline src/area%d/part%d/module%d.ts\ndata %d\n%s\n", n % 61, n % 7, n, length(text), text
      }
    }
    BEGIN {
      split("order tax user load page item total queue line price sku state view api fetch render cart auth token role " \
        "invoice refund ledger batch retry cache index query filter sort merge split parse format export import theme", list)
      for (n = 0; n < 37; n++) word[n] = (n % 3 ? toupper(substr(list[n + 1], 1, 1)) substr(list[n + 1], 2) : list[n + 1])
      commit(1, 0, files - 1); commit(2, 100, 129)
    }' | git -C "$2" fast-import --quiet
  git -C "$2" reset -q --hard main
  git -C "$2" repack -adq
}

# Runs a command and sets `took` and `worked`, in microseconds.
clock() {
  local before after
  before=${EPOCHREALTIME/[.,]/}
  { TIMEFORMAT='%3U %3S'; time "$@" >"$work/out" 2>"$work/err"; } 2>"$work/time" ||
    { echo "bench-index.sh: failed: $*" >&2; head -n 5 "$work/err" >&2; exit 2; }
  after=${EPOCHREALTIME/[.,]/}
  took=$((after - before))
  worked=$(awk '{ printf "%d", ($1 + $2) * 1000000 }' "$work/time")
}

median() { printf '%s\n' "$@" | sort -n | sed -n "$(($# / 2 + 1))p"; }
milliseconds() { printf '%d.%d ms' $(($1 / 1000)) $(($1 % 1000 / 100)); }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1fx", a / (b > 0 ? b : 1) }'; }
over() { awk -v a="$1" -v b="$2" -v most="$3" 'BEGIN { exit !(a > b * most) }'; }
peak() { [[ -x /usr/bin/time ]] && /usr/bin/time -f %M "$@" 2>&1 >/dev/null | tail -n 1 | awk '{ printf "%d MiB", $1 / 1024 }' || printf -- -; }

failed=0
declare -A times works
printf '%7s %12s %12s %12s %12s %9s %9s %9s %9s %9s\n' files 'git grep' cold 'git diff' warm \
  'cold time' 'cold work' 'warm time' memory cache
for size in $sizes; do
  folder=$work/$size
  make_repository "$size" "$folder"
  ask=("$preflag" __index "$folder" main^..main NEW_TAX_FLOW isEnabled loadTax)
  clock "${ask[@]}"
  times=() works=()
  for ((round = 0; round < rounds; round++)); do
    clock git -C "$folder" grep -nF -e NEW_TAX_FLOW -e isEnabled -e loadTax main; times[grep]+=" $took" works[grep]+=" $worked"
    NO_CACHE=1 clock "${ask[@]}"; times[cold]+=" $took" works[cold]+=" $worked"
    clock git -C "$folder" --no-pager diff main^..main; times[diff]+=" $took" works[diff]+=" $worked"
    clock "${ask[@]}"; times[warm]+=" $took" works[warm]+=" $worked"
  done
  # Each is a list of numbers.
  # shellcheck disable=SC2086
  { grep=$(median ${times[grep]}) cold=$(median ${times[cold]}) diff=$(median ${times[diff]}) warm=$(median ${times[warm]})
    grep_work=$(median ${works[grep]}) cold_work=$(median ${works[cold]}); }
  printf '%7d %12s %12s %12s %12s %9s %9s %9s %9s %9s\n' "$size" "$(milliseconds "$grep")" "$(milliseconds "$cold")" \
    "$(milliseconds "$diff")" "$(milliseconds "$warm")" "$(ratio "$cold" "$grep")" "$(ratio "$cold_work" "$grep_work")" \
    "$(ratio "$warm" "$diff")" "$(NO_CACHE=1 peak "${ask[@]}")" "$(du -sk "$folder/.git/preflag" | cut -f1) KiB"
  if ((size == 5000)) && { over "$cold" "$grep" "${MAX_COLD:-5}" || over "$warm" "$diff" "${MAX_WARM:-8}"; }; then failed=1; fi
  rm -rf "$folder"
done
if ((failed)); then
  echo "bench-index.sh: 5,000 files took too long" >&2
  exit 1
fi
