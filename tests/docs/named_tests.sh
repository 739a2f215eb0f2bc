#!/usr/bin/env bash
# named_tests.sh <ctest> <build folder> <page>...: every test that a page names in backticks exists;
# a name may end in * for all that begin so.
set -euo pipefail
ctest=$1 build=$2
shift 2
known=$("$ctest" --test-dir "$build" -N | sed -nE 's/^ *Test +#[0-9]+: ([^ ]+).*/\1/p' | sort -u)
named=$(grep -hoE '`(unit|e2e|prove|dependency_rule|docs)\.[^` ]+\.[^` ]+`|`(dependency_rule|docs)\.[^` ]+`' "$@" | tr -d '`' | sort -u)
[ -n "$named" ] || { echo "no test is named in: $*"; exit 1; }
missing=$(comm -13 <(printf '%s\n' "$known") <(printf '%s\n' "$named") | while read -r name; do
  [[ $name == *'*' ]] && grep -qF -- "${name%'*'}" <<<"$known" || printf '%s\n' "$name"
done)
[ -z "$missing" ] || { printf 'named in %s, but there is no such test:\n%s\n' "$*" "$missing"; exit 1; }
printf '%s tests are named and exist\n' "$(wc -l <<<"$named")"
