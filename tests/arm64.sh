#!/usr/bin/env bash
# Runs ./setup.sh test in an emulated 64-bit ARM Debian 12 (Python 3.11, as on Raspberry Pi OS Bookworm),
# once with each TFLite runtime.
#
#   sudo tests/arm64.sh [PYTEST ARGUMENT...]      RUNTIMES="tflite" takes one of the two
#
# The image is built once (some minutes) and kept in the cache folder. qemu is slow, about 20 times for
# the networks: `-m "not slow"` is the quick choice.
set -euo pipefail
# shellcheck source=tests/roots.sh
. "$(dirname "$0")/roots.sh"

roots_need
roots_emulate_arm64
image=$(roots_make bookworm arm64 python3,python3-venv)
arguments=$(printf ' %q' "$@")
failed=0
for runtime in ${RUNTIMES:-tflite litert}; do
  start=$SECONDS
  echo "--- arm64, $runtime"
  if roots_run "$image" "./setup.sh --runtime $runtime test -q$arguments"; then
    echo "--- arm64, $runtime: passed in $((SECONDS - start)) s"
  else
    echo "--- arm64, $runtime: FAILED in $((SECONDS - start)) s"
    failed=1
  fi
done
exit $failed
