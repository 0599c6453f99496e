# shellcheck shell=bash
# Debian roots for the checks on fresh machines; sourced by fresh.sh and arm64.sh. Needs root and debootstrap.
#
#   roots_make SUITE ARCH PACKAGES     builds a root once, prints its folder
#   roots_run FOLDER COMMAND [USER]    runs a shell command in a throw-away copy of it, as an ordinary user or
#                                      as the one named, in a folder with the tracked files of this checkout;
#                                      then the function roots_after FOLDER, if the caller exported one
#
# The mirror is the one this machine's apt already uses, the package index the one its pip uses.

roots_cache=${XDG_CACHE_HOME:-$HOME/.cache}/gymbox/roots
roots_checkout=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)

roots_fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

roots_need() {
  [ "$(id -u)" = 0 ] || roots_fail "needs root: run it with sudo"
  command -v debootstrap > /dev/null || roots_fail "debootstrap is missing: sudo apt install debootstrap"
  command -v unshare > /dev/null || roots_fail "unshare is missing: sudo apt install util-linux"
}

# Lets the kernel start arm64 programs through qemu. The F flag opens qemu once, so roots need no copy of it.
roots_emulate_arm64() {
  local binfmt=/proc/sys/fs/binfmt_misc conf=/usr/lib/binfmt.d/qemu-aarch64.conf
  [ "$(uname -m)" != aarch64 ] || return 0
  [ -f "$conf" ] || roots_fail "qemu for arm64 is missing: sudo apt install qemu-user-static"
  [ -f $binfmt/register ] || mount -t binfmt_misc binfmt_misc $binfmt ||
    roots_fail "the kernel has no binfmt_misc: arm64 cannot be emulated here"
  [ -f $binfmt/qemu-aarch64 ] || grep -v '^#' "$conf" > $binfmt/register
}

roots_mirror() {
  # shellcheck disable=SC2016  # apt's own words, not the shell's
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' |
    awk -F'|' '$1 == "Debian" && $2 == "Debian" { print $3; exit }'
}

roots_make() {
  local suite=$1 arch=$2 packages=$3 folder mirror part
  folder=$roots_cache/$suite-$arch-${packages//,/-}
  if [ ! -d "$folder" ]; then
    mirror=$(roots_mirror)
    [ -n "$mirror" ] || roots_fail "apt knows no Debian mirror: run apt-get update"
    part=$folder.part
    rm -rf "$part"
    mkdir -p "$part"
    echo "building $folder (once)" >&2
    nice debootstrap --variant=minbase --arch="$arch" ${packages:+--include="$packages"} \
      "$suite" "$part" "$mirror" > "$folder.log" 2>&1 ||
      roots_fail "debootstrap failed, its words are in $folder.log"
    chroot "$part" useradd --create-home --uid 1000 --shell /bin/bash athlete
    rm -rf "$part"/var/cache/apt/archives/*.deb "$part"/var/lib/apt/lists/*
    mv "$part" "$folder"
  fi
  echo "$folder"
}

# What a root needs to reach the package index of this machine: names, certificates, pip's settings.
roots_network() {
  local tree=$1 found
  cp /etc/resolv.conf /etc/hosts "$tree/etc/"
  mkdir -p "$tree/etc/ssl/certs"
  cp -L /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/" 2> /dev/null || true
  for found in $(pip config list 2> /dev/null | sed -n "s/^global\.cert='\(.*\)'/\1/p"); do
    echo "PIP_CERT=$found"
  done
}

roots_run() (
  lower=$1
  command=$2
  user=${3:-athlete}
  work=$(mktemp -d "$roots_cache/run.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work"/{upper,work,tree} "$roots_cache/pip"
  chown 1000:1000 "$roots_cache/pip"
  export lower command user work roots_cache roots_checkout
  export -f roots_network
  # shellcheck disable=SC2016  # expanded by the shell inside the new namespaces
  unshare --mount --pid --mount-proc --fork --kill-child bash -euo pipefail -c '
    tree=$work/tree
    mount -t overlay overlay -o "lowerdir=$lower,upperdir=$work/upper,workdir=$work/work" "$tree"
    mount -t proc proc "$tree/proc"
    mount -t tmpfs -o mode=755 tmpfs "$tree/dev"
    for node in null:3 zero:5 full:7 random:8 urandom:9; do
      mknod -m 666 "$tree/dev/${node%:*}" c 1 "${node#*:}"
    done
    mkdir -m 1777 "$tree/dev/shm"
    mkdir "$tree/dev/pts"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$tree/dev/pts"
    ln -s pts/ptmx "$tree/dev/ptmx"
    ln -s /proc/self/fd "$tree/dev/fd"
    settings=$(roots_network "$tree")
    home=$tree/home/athlete
    mkdir -p "$home/gymbox" "$home/.cache/pip"
    git -C "$roots_checkout" ls-files -z | tar -C "$roots_checkout" --null --ignore-failed-read -cf - -T - |
      tar -C "$home/gymbox" -xf -
    mount --bind "$roots_cache/pip" "$home/.cache/pip"
    chown -R 1000:1000 "$home"
    # shellcheck disable=SC2086
    chroot --userspec="$user" "$tree" env -i HOME=/home/athlete USER="$user" LANG=C.UTF-8 \
      PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin $settings PIP_DEFAULT_TIMEOUT=180 \
      bash -c "cd ~/gymbox && $command" < /dev/null
    if declare -F roots_after > /dev/null; then
      umount -R "$tree/dev" "$tree/proc" "$home/.cache/pip"
      roots_after "$tree"
    fi
  '
)
