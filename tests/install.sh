#!/usr/bin/env bash
# Installs the box on minimal Debian 12 and 13 (no Pi, so without camera and GPIO packages), looks, installs
# again, and takes it all away again.
#
#   sudo tests/install.sh
#
# systemd is installed there but does not run: starting the service is not tried here.
set -euo pipefail
# shellcheck source=tests/roots.sh
. "$(dirname "$0")/roots.sh"

roots_need
failed=0
# shellcheck disable=SC2016  # for the shell in there
steps='
set -e
exists() { for path; do [ -e "$path" ] || { echo "$path is not there"; exit 1; }; done; }
gone() { for path; do [ ! -e "$path" ] || { echo "$path is still there"; exit 1; }; done; }
places="/opt/gymbox /usr/local/bin/gymbox /etc/systemd/system/gymbox.service
  /etc/systemd/journald.conf.d/60-gymbox.conf /etc/polkit-1/rules.d/60-gymbox.rules"

# As on Raspberry Pi OS, so that our own file has to win.
mkdir -p /usr/lib/systemd/journald.conf.d
printf "[Journal]\nStorage=volatile\n" > /usr/lib/systemd/journald.conf.d/40-rpi-volatile-storage.conf

if ./setup.sh --check > check.log; then echo "nothing installed, and --check is content"; exit 1; fi
grep -q "missing: service gymbox" check.log
gone $places
./setup.sh install
./setup.sh --check
exists $places /etc/gymbox/gymbox.toml
systemctl is-enabled gymbox
id gymbox
systemd-analyze verify gymbox.service
setpriv --reuid gymbox --regid gymbox --init-groups gymbox --version

echo "[training]" > /etc/gymbox/gymbox.toml
before=$(stat -c %Z /opt/gymbox/current)
./setup.sh install > again.log
if grep -q doing again.log; then cat again.log; exit 1; fi
[ "$before" = "$(stat -c %Z /opt/gymbox/current)" ]
grep -q training /etc/gymbox/gymbox.toml

echo "# newer" >> device/gymbox/__init__.py
if ./setup.sh --check > /dev/null; then echo "a newer program was not noticed"; exit 1; fi
./setup.sh install | grep "doing: *program"
grep -q newer /opt/gymbox/current/device/gymbox/__init__.py
[ "$(ls /opt/gymbox/releases | wc -l)" = 1 ]

mkdir -p /var/lib/gymbox
./setup.sh uninstall
gone $places
exists /etc/gymbox/gymbox.toml /var/lib/gymbox
./setup.sh uninstall --purge
gone /etc/gymbox /var/lib/gymbox
if id gymbox 2> /dev/null; then exit 1; fi
'
for suite in bookworm trixie; do
  image=$(roots_make $suite "$(dpkg --print-architecture)" python3,python3-venv,systemd)
  start=$SECONDS
  if roots_run "$image" "$steps" root; then
    echo "--- install on $suite: passed in $((SECONDS - start)) s"
  else
    echo "--- install on $suite: FAILED in $((SECONDS - start)) s"
    failed=1
  fi
done
exit $failed
