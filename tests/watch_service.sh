#!/usr/bin/env bash
# Runs inside the machine that service.sh boots: watches gymbox.service, says what it saw, switches off.
set -u

show() { systemctl show gymbox --property "$1" --value; }

fail() {
  echo "FAILED: $*"
  systemctl status --no-pager --full gymbox
  journalctl -b -u gymbox -o cat | tail -n 20
  systemctl --no-block poweroff
  exit 1
}

# comes_to SECONDS PROPERTY VALUE: whether the unit's property takes that value in time.
comes_to() {
  local left=$1
  while [ "$(show "$2")" != "$3" ]; do
    left=$((left - 1))
    [ $left -gt 0 ] || return 1
    sleep 1
  done
}

comes_to 60 ActiveState active || fail "the service does not get ready"
echo "ready"
sleep 5
held=$(setpriv --reuid gymbox --regid gymbox --init-groups gymbox doctor | grep -c "in use by the running box")
[ "$held" = 4 ] || fail "the doctor left $held of 4 parts to the running box"
echo "the doctor leaves its parts alone"
comes_to 120 ActiveState inactive || fail "the recording does not end"
[ "$(show Result) $(show NRestarts)" = "success 0" ] || fail "it did not end well: $(show Result)"
reps=$(journalctl -b -u gymbox -o cat | grep -c "^event=rep .*partial=False")
[ "$reps" = 5 ] || fail "the journal has $reps repetitions of 5"
echo "the journal has 5 repetitions"

systemctl start gymbox
sleep 3
kill -STOP "$(show MainPID)"
comes_to 60 NRestarts 1 || fail "a hang is not noticed"
comes_to 20 ActiveState active || fail "it is not back after a hang"
echo "came back after a hang"

printf "[camra]\nwidth = 640\n" >> /etc/gymbox/gymbox.toml
systemctl restart gymbox
comes_to 20 ActiveState failed || fail "a wrong setting does not stop it"
[ "$(show ExecMainStatus)" = 78 ] || fail "a wrong setting ends it with code $(show ExecMainStatus)"
echo "a wrong setting stops it for good"
echo "all seen"
systemctl --no-block poweroff
