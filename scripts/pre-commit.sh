#!/usr/bin/env bash
# Tries .pre-commit-hooks.yaml with the real pre-commit: a push that is stopped, one that goes, a first push, a run by hand.
#
#   scripts/pre-commit.sh                 the hook `preflag-system`, with the preflag of target/debug (or $PREFLAG)
#   scripts/pre-commit.sh preflag         the hook `preflag`, which cargo builds first (minutes)
#
# Needs python3 with venv, git, and PyPI the first time; PRE_COMMIT_BIN names a pre-commit that is there.
set -euo pipefail
cd "$(dirname "$0")/.."
hook="${1:-preflag-system}"
root="$PWD"
preflag="${PREFLAG:-$root/target/debug/preflag}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

if [[ -z "${PRE_COMMIT_BIN:-}" ]]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet pre-commit
    PRE_COMMIT_BIN="$work/venv/bin/pre-commit"
fi
export PRE_COMMIT_HOME="$work/home" GIT_CONFIG_GLOBAL="$work/gitconfig"
mkdir -p "$work/path"
[[ "$hook" == preflag ]] || ln -s "$preflag" "$work/path/preflag"
export PATH="$work/path:$(dirname "$PRE_COMMIT_BIN"):$PATH"
git config --file "$GIT_CONFIG_GLOBAL" user.name Ana
git config --file "$GIT_CONFIG_GLOBAL" user.email ana@example.com
git config --file "$GIT_CONFIG_GLOBAL" init.defaultBranch main

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}
stopped() {
    if "$@" >"$work/out" 2>&1; then cat "$work/out"; fail "should have been stopped: $*"; fi
    grep -q 'preflag stopped this push' "$work/out" || { cat "$work/out"; fail "stopped by something else: $*"; }
}

git init --quiet --bare "$work/server"
git init --quiet "$work/shop"
cd "$work/shop"
cat >.pre-commit-config.yaml <<CONFIG
repos:
  - repo: file://$root
    rev: $(git -C "$root" rev-parse HEAD)
    hooks:
      - id: $hook
CONFIG
git add . && git commit --quiet -m base
git remote add origin "$work/server"
"$PRE_COMMIT_BIN" install --hook-type pre-push >/dev/null
"$PRE_COMMIT_BIN" install-hooks
git push --quiet origin main || fail 'a first push of the default branch'

git switch --quiet -c charge
mkdir -p src/billing
cat >src/billing/charge.js <<'CODE'
import Stripe from 'stripe';
const stripe = new Stripe(process.env.STRIPE_KEY);

export async function chargeCustomer(customer, amount) {
  const total = amount * 1.07;
  const charge = await stripe.charges.create({ customer, amount: total, currency: 'usd' });
  await saveCharge(customer, charge.id, total);
  return charge;
}
CODE
git add . && git commit --quiet -m 'Charge customers'
stopped git push origin charge
stopped "$PRE_COMMIT_BIN" run --hook-stage manual
git push --quiet --no-verify origin charge
git commit --quiet --allow-empty -m 'Nothing more'
git push --quiet origin charge || fail 'what is there already was judged again'
git push --quiet origin --delete charge || fail 'a deletion'
git commit --quiet --allow-empty -m 'Ship without a flag' --trailer 'Preflag-Waive: payments: Agreed with Ana'
git push --quiet origin charge || fail 'a waiver did not let it through'
printf 'pre-commit %s: all as it should be (%s)\n' "$("$PRE_COMMIT_BIN" --version)" "$hook"
