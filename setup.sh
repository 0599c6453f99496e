#!/usr/bin/env bash
# Sets Gymbox up. `./setup.sh` alone says how it is used.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
venv=${GYMBOX_VENV:-$root/.venv}
runtime=${GYMBOX_RUNTIME:-}
system_packages=no

usage() {
  cat << 'END'
Usage: ./setup.sh [--runtime litert|tflite] demo [ARGUMENT...]   set up, then count the bundled clip
       ./setup.sh [--runtime litert|tflite] test [ARGUMENT...]   set up, then run the tests (arguments go to pytest)
       sudo ./setup.sh install       a Raspberry Pi: packages, user, interfaces, service, journal
       sudo ./setup.sh uninstall [--purge]   take it away again; --purge: settings and training log too
       ./setup.sh --check            change nothing, say what is missing for `install`

demo and test need python3 (3.11 to 3.13) and python3-venv, no root; everything else goes into .venv.
GYMBOX_VENV names another folder for it, GYMBOX_RUNTIME another interpreter.
END
}

say() { echo "setup: $*"; }

# One line that says what is wrong and what to do. Codes: 1 could not, 2 wrong usage, 69 this machine never can.
fail() {
  echo "setup: $1" >&2
  exit "${2:-1}"
}

# --- what this machine is ---------------------------------------------------------------------------

check_machine() {
  [ "$(uname -s)" = Linux ] || fail "Gymbox runs on Linux, this is $(uname -s)" 69
  machine=$(uname -m)
  case $machine in
    x86_64 | aarch64) ;;
    *) fail "no TFLite interpreter exists for $machine: use a 64-bit system (Raspberry Pi OS 64-bit, or Debian 12 or 13)" 69 ;;
  esac
  # A Pi may run a 64-bit kernel under a 32-bit system.
  [ "$(getconf LONG_BIT)" = 64 ] || fail "this system is 32-bit: install the 64-bit Raspberry Pi OS" 69
}

# Takes $PYTHON, or the first Python of a fit version: some systems have several.
find_python() {
  local candidate found=""
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2> /dev/null) || continue
    found=${found:-$version}
    case $version in
      3.11 | 3.12 | 3.13)
        python=$candidate
        return
        ;;
    esac
  done
  [ -n "$found" ] || fail "${PYTHON:-python3} is missing: sudo apt install python3 python3-venv"
  fail "Python $found does not fit, Gymbox needs 3.11 to 3.13: install one, or name it with PYTHON=..." 69
}

# Debian leaves ensurepip out of python3: without it `python3 -m venv` stops half-way.
check_venv_module() {
  "$python" -c 'import ensurepip, venv' 2> /dev/null ||
    fail "python3-venv is missing: sudo apt install python3-venv"
}

# tflite-runtime has no wheel past Python 3.11. On x86-64 its int8 is 20 times slower, so litert comes first there.
choose_runtime() {
  if [ -z "$runtime" ]; then
    runtime=litert
    if [ "$machine" = aarch64 ] && [ "$version" = 3.11 ]; then runtime=tflite; fi
  fi
  case $runtime in
    litert) ;;
    tflite) [ "$version" = 3.11 ] ||
      fail "tflite-runtime has no package for Python $version: use --runtime litert" 69 ;;
    *) fail "there is no runtime called $runtime: use litert or tflite" 2 ;;
  esac
}

# --- the venv ---------------------------------------------------------------------------------------

# What a finished venv was made from. Its path counts: the scripts in it name that path.
venv_key() {
  {
    echo "$venv $machine $system_packages $("$python" -VV)"
    cat "$root/requirements/$machine-$runtime.txt"
  } | sha256sum
}

# stamp_is NAME KEY: whether that step was finished with that key.
stamp_is() { [ -f "$venv/$1.stamp" ] && [ "$(cat "$venv/$1.stamp")" = "$2" ]; }

# Runs pip on one lock file; on a terminal it shows how far it is.
install_packages() {
  local lock=$root/requirements/$1.txt log=$venv/setup.log total done=0 pip
  total=$(grep -c == "$lock")
  say "installing $total packages of requirements/$1.txt (first time: about a minute)"
  "$venv/bin/python" -m pip install --no-deps --require-hashes --only-binary=:all: --retries 2 \
    --disable-pip-version-check --no-input --requirement "$lock" >> "$log" 2>&1 &
  pip=$!
  trap 'kill $pip 2> /dev/null; wait $pip || true; exit 130' INT TERM
  while [ -t 1 ] && kill -0 $pip 2> /dev/null; do
    done=$(grep -c '^Collecting' "$log" || true)
    printf '\r  %d of %d ' "$done" "$total"
    sleep 0.3
  done
  if [ -t 1 ]; then printf '\r\033[K'; fi
  wait $pip || fail "$(explain_pip "$log")"
  trap - INT TERM
}

explain_pip() {
  if grep -q 'No space left' "$1"; then
    echo "the disk is full: make room (about 500 MB) and run it again"
  elif grep -q 'DO NOT MATCH THE HASHES' "$1"; then
    echo "a package is not the one that was tested: look in $1, and do not use that network"
  else
    echo "the packages could not be fetched: check the network and run it again (details: $1)"
  fi
}

# The project needs no build: a path file and a script do, and neither asks the network for a build system.
link_project() {
  local site
  site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  echo "$root/device" > "$site/gymbox.pth"
  cat > "$venv/bin/gymbox" << 'END'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -P -m gymbox "$@"
END
  chmod +x "$venv/bin/gymbox"
}

# Some pairs of interpreter and numpy import well and fail at the first model: build each model once.
check_models() {
  local words
  words=$("$venv/bin/python" -P -c '
from gymbox.inference.manifest import load_manifest
from gymbox.inference.runtime import Network
for card in load_manifest().values():
    Network(card)' 2>&1) || fail "the models do not run here: $(tail -n 1 <<< "$words")"
}

remove_old_venv() {
  [ -e "$venv" ] || return 0
  [ "$venv" = "$root/.venv" ] || [ -f "$venv/pyvenv.cfg" ] ||
    fail "$venv is not a venv and will not be touched: let GYMBOX_VENV name another folder"
  say "$venv is unfinished or of another set-up: making it anew"
  rm -rf "$venv"
}

make_venv() {
  local key options=()
  key=$(venv_key)
  ! stamp_is run "$key" || return 0
  remove_old_venv
  say "making $venv (Python $version, $runtime)"
  [ $system_packages = no ] || options=(--system-site-packages)
  "$python" -m venv "${options[@]}" "$venv" || fail "the venv could not be made: is the disk full or read-only?"
  install_packages "$machine-$runtime"
  link_project
  check_models
  echo "$key" > "$venv/run.stamp"
}

add_dev_tools() {
  local key
  key=$(sha256sum < "$root/requirements/dev.txt")
  ! stamp_is dev "$key" || return 0
  install_packages dev
  echo "$key" > "$venv/dev.stamp"
}

prepare() {
  check_machine
  find_python
  check_venv_module
  choose_runtime
  make_venv
}

# --- the command line -------------------------------------------------------------------------------

while [ $# -gt 0 ]; do
  case $1 in
    --runtime)
      [ $# -gt 1 ] || fail "--runtime needs a name: litert or tflite" 2
      runtime=$2
      shift 2
      ;;
    *) break ;;
  esac
done

command=${1:-}
[ $# = 0 ] || shift
case $command in
  demo)
    prepare
    exec "$venv/bin/gymbox" demo "$@"
    ;;
  test)
    prepare
    add_dev_tools
    cd "$root"
    exec "$venv/bin/python" -m pytest "$@"
    ;;
  install | uninstall | --check)
    # shellcheck source=systemd/install.sh disable=SC1091
    . "$root/systemd/install.sh"
    pi_main "$command" "$@"
    ;;
  -h | --help | "")
    usage
    [ -n "$command" ] || exit 2
    ;;
  *) fail "there is no command $command: run ./setup.sh for the usage" 2 ;;
esac
