#!/usr/bin/env bash
# Runs the tests of the model factory with all that it needs, in a venv of its own beside the usual one.
#
#   tests/desktop.sh [PYTEST ARGUMENT...]
#
# The packages (TensorFlow and PyTorch among them) take 3.7 GB. Where .cache/venv-tflite is there
# (tests/runtimes.sh makes it), converted models run in tflite-runtime too.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$PWD/.cache/venv-desktop
if ! cmp -s requirements/desktop.txt "$venv/installed" 2> /dev/null; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check torch==2.13.0
  "$venv/bin/pip" install -q --disable-pip-version-check --no-deps -r requirements/desktop.txt
  cp requirements/desktop.txt "$venv/installed"
fi
other=$PWD/.cache/venv-tflite/bin/python
if [ -x "$other" ]; then export GYMBOX_OTHER_PYTHON=${GYMBOX_OTHER_PYTHON:-$other}; fi
exec "$venv/bin/python" -m pytest -q tests/convert tests/evaluate "$@"
