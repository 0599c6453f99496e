#!/usr/bin/env bash
# Runs ./setup.sh test in an emulated 64-bit ARM Debian, once with each TFLite runtime it has.
#
#   sudo tests/arm64.sh [PYTEST ARGUMENT...]
#
# SUITE=bookworm (Python 3.11, the usual choice) or trixie (3.13, which has only litert); RUNTIMES="litert" takes one.
#
# The image is built once (some minutes) and kept in the cache folder. qemu is slow, about 20 times for
# the networks: `-m "not slow"` is the quick choice, half an hour each. The synthetic athletes are left
# out: they are made on a desktop.
set -euo pipefail
# shellcheck source=tests/roots.sh
. "$(dirname "$0")/roots.sh"

roots_need
roots_emulate_arm64
suite=${SUITE:-bookworm}
case $suite in
  bookworm) runtimes="tflite litert" ;;
  *) runtimes=litert ;;
esac
image=$(roots_make "$suite" arm64 python3,python3-venv)
arguments=$(printf ' %q' "$@")
failed=0
for runtime in ${RUNTIMES:-$runtimes}; do
  start=$SECONDS
  echo "--- arm64 $suite, $runtime"
  if roots_run "$image" "./setup.sh --runtime $runtime test -q --ignore=tests/synth$arguments"; then
    echo "--- arm64 $suite, $runtime: passed in $((SECONDS - start)) s"
  else
    echo "--- arm64 $suite, $runtime: FAILED in $((SECONDS - start)) s"
    failed=1
  fi
done
exit $failed
