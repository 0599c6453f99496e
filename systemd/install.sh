# shellcheck shell=bash disable=SC2154,SC2030,SC2031,SC2034
# (root, venv, python and version come from setup.sh, and one step changes them in a subshell on purpose)
# Installs the box on a Raspberry Pi: sourced by setup.sh for install, uninstall and --check.
#
# Each step is a pair: STEP_done looks and changes nothing, STEP_do makes it so. --check runs the first
# of each pair, install runs the second where the first says no, and then looks again.

prefix=/opt/gymbox
unit_file=/etc/systemd/system/gymbox.service
users_file=/etc/sysusers.d/gymbox.conf
journal_file=/etc/systemd/journald.conf.d/60-gymbox.conf
polkit_file=/etc/polkit-1/rules.d/60-gymbox.rules
settings_file=/etc/gymbox/gymbox.toml
command_link=/usr/local/bin/gymbox
os_release=/etc/os-release
boot_config=/boot/firmware/config.txt
steps=(packages user interfaces program settings journal service)

on_a_pi() { grep -qs 'Raspberry Pi' /proc/device-tree/model; }
systemd_runs() { [ -d /run/systemd/system ]; }

# --- refusals ---------------------------------------------------------------------------------------

check_system() {
  local ID="" ID_LIKE="" VERSION_ID="" PRETTY_NAME="this system"
  # shellcheck disable=SC1090  # any os-release
  [ ! -f "$os_release" ] || . "$os_release"
  case "$ID $ID_LIKE" in
    debian* | raspbian*) ;;
    *) fail "install is for Raspberry Pi OS and Debian, this is $PRETTY_NAME: demo and test work here" 69 ;;
  esac
  [ "${VERSION_ID:-12}" -ge 12 ] ||
    fail "$PRETTY_NAME is too old: Gymbox needs Debian 12 (Bookworm) or later" 69
}

# --- packages ---------------------------------------------------------------------------------------

# What pip cannot give: they belong to this system's libcamera, libsystemd and kernel.
wanted_packages() {
  echo python3-venv python3-systemd i2c-tools polkitd
  # Only Raspberry Pi OS has all of these.
  if on_a_pi; then echo python3-picamera2 python3-lgpio python3-spidev; fi
}

missing_packages() {
  local name
  for name in $(wanted_packages); do
    dpkg-query -W -f '${Status}' "$name" 2> /dev/null | grep -q ' installed$' || echo "$name"
  done
}

packages_title() { echo "packages of this system $(missing_packages | paste -sd ' ')"; }
packages_done() { [ -z "$(missing_packages)" ]; }
packages_do() {
  local log
  log=$(mktemp)
  # shellcheck disable=SC2046  # one word a package
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $(missing_packages); } \
    > "$log" 2>&1 < /dev/null || fail "apt failed: $(grep '^E:' "$log" | head -n 1) (details: $log)"
  rm -f "$log"
}

# --- user, interfaces, settings ---------------------------------------------------------------------

same_file() { cmp -s "$1" "$2"; }
put_file() { install -D -m 644 "$1" "$2"; }

user_title() { echo "user gymbox with its groups"; }
user_done() {
  local group groups
  same_file "$root/systemd/sysusers.conf" "$users_file" || return 1
  groups=$(id -nG gymbox 2> /dev/null) || return 1
  awk '$1 == "m" { print $3 }' "$users_file" | while read -r group; do
    grep -qw "$group" <<< "$groups" || return 1
  done
}
user_do() {
  put_file "$root/systemd/sysusers.conf" "$users_file"
  systemd-sysusers "$users_file"
}

# At the usual 100 kHz one picture for the screen takes 92 ms, at 400 kHz 23 ms.
interfaces_title() { echo "I2C bus of the screen, at 400 kHz (after a reboot)"; }
interfaces_done() {
  ! on_a_pi && return
  [ "$(raspi-config nonint get_i2c)" = 0 ] && grep -q '^dtparam=.*i2c_arm_baudrate=' "$boot_config"
}
interfaces_do() {
  raspi-config nonint do_i2c 0
  grep -q '^dtparam=.*i2c_arm_baudrate=' "$boot_config" ||
    printf '\n[all]\ndtparam=i2c_arm_baudrate=400000\n' >> "$boot_config"
}

settings_title() { echo "settings file $settings_file"; }
settings_done() { [ -f "$settings_file" ]; }
settings_do() {
  mkdir -p "$(dirname "$settings_file")"
  echo "# The settings of this box: only what differs from the defaults, see \`gymbox config\`." > "$settings_file"
}

# --- program ----------------------------------------------------------------------------------------

program_files=(device models requirements systemd setup.sh pyproject.toml README.md LICENSE)

# A release is named after what is in it: the same content is the same release.
release_name() {
  (cd "$root" && find "${program_files[@]}" -name __pycache__ -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-12)
}

program_title() { echo "program in $prefix/current, command $command_link"; }
program_done() {
  local folder
  folder=$prefix/releases/$(release_name)
  [ "$(readlink -f "$prefix/current")" = "$folder" ] && [ -f "$folder/.venv/run.stamp" ] &&
    [ "$(readlink "$command_link")" = "$prefix/current/.venv/bin/gymbox" ]
}
program_do() {
  local folder
  folder=$prefix/releases/$(release_name)
  mkdir -p "$folder"
  (cd "$root" && tar -cf - --exclude=__pycache__ "${program_files[@]}") | tar -C "$folder" --no-same-owner -xf -
  (
    root=$folder venv=$folder/.venv system_packages=yes
    check_venv_module
    make_venv
    # The service may not write here, so Python could not keep its compiled files.
    "$venv/bin/python" -m compileall -q "$root/device"
  )
  ln -sfn "$folder" "$prefix/current"
  ln -sfn "$prefix/current/.venv/bin/gymbox" "$command_link"
}

# --- journal ----------------------------------------------------------------------------------------

journal_title() { echo "journal that survives a reboot"; }
journal_done() {
  same_file "$root/systemd/journald.conf" "$journal_file" &&
    [ "$(systemd-analyze cat-config systemd/journald.conf | grep '^Storage=' | tail -n 1)" = Storage=persistent ] || return 1
  ! systemd_runs || [ -d "/var/log/journal/$(cat /etc/machine-id)" ]
}
journal_do() {
  put_file "$root/systemd/journald.conf" "$journal_file"
  systemd_runs || return 0
  systemctl restart systemd-journald
  journalctl --flush
}

# --- service ----------------------------------------------------------------------------------------

# Whether a daemon of another release is still running.
stale_daemon() {
  local pid
  pid=$(systemctl show gymbox -p MainPID --value)
  [ "$pid" != 0 ] && ! grep -qs "$(readlink -f "$prefix/current")" "/proc/$pid/cmdline"
}

service_title() { echo "service gymbox, started at boot"; }
service_done() {
  same_file "$root/systemd/gymbox.service" "$unit_file" && same_file "$root/systemd/poweroff.rules" "$polkit_file" &&
    [ "$(systemctl is-enabled gymbox 2> /dev/null)" = enabled ] || return 1
  ! systemd_runs || ! stale_daemon
}
service_do() {
  put_file "$root/systemd/gymbox.service" "$unit_file"
  put_file "$root/systemd/poweroff.rules" "$polkit_file"
  systemctl -q enable gymbox
  if systemd_runs; then
    systemctl daemon-reload
    # Not waited for: without a camera it goes on trying, and the doctor says so.
    systemctl restart --no-block gymbox
  fi
}

# Only now: until its restart the daemon may still need modules of the old one.
drop_old_releases() {
  find "$prefix/releases" -mindepth 1 -maxdepth 1 ! -path "$(readlink -f "$prefix/current")" -exec rm -rf {} +
}

# --- the three commands -----------------------------------------------------------------------------

pi_check() {
  local step missing=0
  for step in "${steps[@]}"; do
    if "${step}_done"; then
      say "there:   $("${step}_title")"
    else
      say "missing: $("${step}_title")"
      missing=1
    fi
  done
  [ $missing = 0 ] || say "sudo ./setup.sh install puts in what is missing"
  return $missing
}

pi_install() {
  local step
  for step in "${steps[@]}"; do
    if "${step}_done"; then
      say "there:   $("${step}_title")"
      continue
    fi
    say "doing:   $("${step}_title")"
    "${step}_do"
    "${step}_done" || fail "this did not take effect: $("${step}_title")"
  done
  drop_old_releases
  say "installed: \`sudo -u gymbox gymbox doctor\` looks at camera, screen, buttons and models"
}

pi_uninstall() {
  if systemd_runs; then systemctl -q disable --now gymbox 2> /dev/null || true; fi
  rm -f /etc/systemd/system/multi-user.target.wants/gymbox.service \
    "$unit_file" "$polkit_file" "$journal_file" "$users_file" "$command_link"
  rm -rf "$prefix"
  if systemd_runs; then
    systemctl daemon-reload
    systemctl restart systemd-journald
  fi
  if [ "${1:-}" = --purge ]; then
    rm -rf /etc/gymbox /var/lib/gymbox
    ! id gymbox > /dev/null 2>&1 || userdel gymbox
    say "uninstalled, with settings and training log; apt packages and the I2C bus stay as they are"
  else
    say "uninstalled; /etc/gymbox and /var/lib/gymbox are kept (uninstall --purge removes them)"
  fi
}

# Whether a command knows these words.
known_words() {
  case "$*" in
    install | uninstall | --check | "uninstall --purge") ;;
    uninstall*) fail "uninstall knows only --purge" 2 ;;
    *) fail "$1 takes no other word" 2 ;;
  esac
}

pi_main() {
  local command=$1
  known_words "$@"
  shift
  umask 022
  check_machine
  check_system
  if [ "$command" = --check ]; then
    find_python
    pi_check
    return
  fi
  [ "$(id -u)" = 0 ] || fail "$command needs root: sudo ./setup.sh $command"
  if [ "$command" = uninstall ]; then
    pi_uninstall "$@"
  else
    find_python
    choose_runtime
    pi_install
  fi
}
