#!/usr/bin/env bash
# Runs the tests on the other TFLite runtime, in a venv of its own beside the usual one.
#
#   tests/runtimes.sh [PYTEST ARGUMENT...]
#
# setup.sh takes ai-edge-litert where it can; this takes tflite-runtime, which needs Python 3.11.
set -euo pipefail
cd "$(dirname "$0")/.."
other=tflite
[ "$(uname -m)" != aarch64 ] || other=litert
export GYMBOX_VENV=$PWD/.cache/venv-$other
exec ./setup.sh --runtime $other test "$@"
