#!/usr/bin/env bash
# Runs the tests of the synthetic athletes with what they need, in a venv of its own beside the usual one.
#
#   tests/synth.sh [PYTEST ARGUMENT...]
#
# Needs Debian's libegl1, libgl1-mesa-dri and ffmpeg; the packages (torch among them) take 1.8 GB.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$PWD/.cache/venv-synth
command -v ffmpeg > /dev/null || { echo "synth.sh: ffmpeg is missing: sudo apt install ffmpeg" >&2; exit 1; }
if ! cmp -s requirements/synth.txt "$venv/installed" 2> /dev/null; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check -r requirements/synth.txt
  "$venv/bin/python" -c "import moderngl; moderngl.create_context(standalone=True, backend='egl')" ||
    { echo "synth.sh: OpenGL is missing: sudo apt install libegl1 libgl1-mesa-dri" >&2; exit 1; }
  cp requirements/synth.txt "$venv/installed"
fi
exec "$venv/bin/python" -m pytest -q tests/synth "$@"
