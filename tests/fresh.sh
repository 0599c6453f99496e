#!/usr/bin/env bash
# Fresh machines: minimal Debian 12 and 13 with nothing but python3 and python3-venv, an ordinary user, and a
# fresh checkout. Both set-up commands have to work there, and a machine without python3-venv has to be told.
#
#   sudo tests/fresh.sh [PYTEST ARGUMENT...]
#
# Prints how long the demo takes from nothing, and how long the set-up before it the second time.
set -euo pipefail
# shellcheck source=tests/roots.sh
. "$(dirname "$0")/roots.sh"

roots_need
arch=$(dpkg --print-architecture)
arguments=$(printf ' %q' "$@")
failed=0

# verdict NAME COMMAND...: runs it, says how it went.
verdict() {
  local name=$1
  shift
  if "$@"; then
    echo "--- $name: passed"
  else
    echo "--- $name: FAILED"
    failed=1
  fi
}

# The demo, how soon it would start again, and the tests, in one copy of the machine.
# shellcheck disable=SC2016  # for the shell in there
both_commands='
clock() { date +%s.%N; }
python3 -V
begin=$(clock); ./setup.sh demo; middle=$(clock); ./setup.sh demo --help > /dev/null; end=$(clock)
awk "BEGIN { printf \"demo from nothing %.1f s, set-up the second time %.1f s\n\", $middle - $begin, $end - $middle }"
./setup.sh test -q'

# shellcheck disable=SC2016
no_venv='
words=$(./setup.sh demo 2>&1) && exit 1
[ "$words" = "setup: python3-venv is missing: sudo apt install python3-venv" ] && [ ! -e .venv ]'

for suite in bookworm trixie; do
  image=$(roots_make $suite "$arch" python3,python3-venv)
  verdict "$suite, both commands" roots_run "$image" "set -e; $both_commands$arguments"
done
image=$(roots_make bookworm "$arch" python3)
verdict "bookworm without python3-venv" roots_run "$image" "$no_venv"
exit $failed
