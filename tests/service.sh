#!/usr/bin/env bash
# Installs the box on a minimal Debian, boots that with systemd-nspawn, and watches the real service: it has to
# count the demo clip inside its sandbox, and to come back when it hangs.
#
#   sudo tests/service.sh                SUITE=bookworm (the usual choice) or trixie
set -euo pipefail
# shellcheck source=tests/roots.sh
. "$(dirname "$0")/roots.sh"

roots_need
command -v systemd-nspawn > /dev/null || roots_fail "systemd-nspawn is missing: sudo apt install systemd-container"

# shellcheck disable=SC2016  # for the shell in there
install='
mkdir -p /etc/gymbox
cat > /etc/gymbox/gymbox.toml << END
[camera]
kind = "clip"
path = "/opt/gymbox/current/device/gymbox/demo/squats.mp4"
paced = true
[screen]
kind = "picture"
path = "/run/gymbox/screen.png"
[buttons]
kind = "none"
[buzzer]
kind = "silent"
END
./setup.sh install'

roots_after() {
  local seen=$1/../seen
  mkdir "$seen"
  cp "$roots_checkout/tests/watch_service.sh" "$seen/watch"
  printf '[Service]\nExecStart=/watch/watch\nStandardOutput=file:/watch/words\nStandardError=inherit\n' \
    > "$1/etc/systemd/system/watch.service"
  timeout -k 5 420 systemd-nspawn --quiet --register=no --keep-unit --directory="$1" --bind="$seen:/watch" \
    --boot systemd.wants=watch.service < /dev/null > "$seen/console" 2>&1 || true
  cat "$seen/words" || tail -n 20 "$seen/console"
  grep -q '^all seen$' "$seen/words"
}
export -f roots_after

suite=${SUITE:-bookworm}
image=$(roots_make "$suite" "$(dpkg --print-architecture)" python3,python3-venv,systemd)
if roots_run "$image" "$install" root; then
  echo "--- service on $suite: passed in $SECONDS s"
else
  echo "--- service on $suite: FAILED in $SECONDS s"
  exit 1
fi
