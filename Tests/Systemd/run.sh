#!/bin/bash
# Runs a service under a real systemd: PID 1 in a container (systemd-nspawn) on a small Debian, with journald and its
# own network. Checks readiness, journal fields, reload, the watchdog and a clean stop.
#
#   Tests/Systemd/run.sh BINARY [STAGE]
#
# BINARY   the program to run as a Type=notify service; its folder and the Swift runtime are bound in read-only.
# STAGE    what runs inside, default probe-stage.sh beside this script. It is run with the folder of its script at
#          /stage, the repository's Systemd folder at /units, the binary's folder at /program, and /out to leave files
#          in; its exit status is this script's. The installed unit hides /home and /root from its service.
# ASSAY_BIND     more host paths to bind in read-only, one a line, each as PATH or PATH:PLACE.
# ASSAY_PACKAGES more Debian packages in the container, blank-separated.
# ASSAY_LIMIT    the seconds within which the stage must end, default 120.
# ASSAY_KEEP     a folder that gets the journal and what the stage printed.
#
# Exit status: 0 all checks passed; 77 a container is not possible here, and why; 1 a check failed; 124 time is up.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
binary=$(realpath "${1:?the program to run}")
stage=$(realpath "${2:-$here/probe-stage.sh}")
packages="systemd systemd-sysv dbus libstdc++6 libgcc-s1 ${ASSAY_PACKAGES:-}"
limit=${ASSAY_LIMIT:-120}

impossible() {
    echo "systemd stage: NOT RUN: $1" >&2
    echo "systemd stage: NOT RUN: readiness, reload, watchdog and journal were not tested against a real systemd" >&2
    exit 77
}

[ -x "$binary" ] || { echo "systemd stage: $binary is not a program" >&2; exit 1; }
[ "$(id -u)" = 0 ] || impossible "it needs root, to make namespaces and mounts"
for tool in systemd-nspawn mmdebstrap unshare; do
    command -v "$tool" >/dev/null || impossible "$tool is missing; apt-get install systemd-container mmdebstrap"
done
unshare --mount true 2>/dev/null || impossible "this environment does not allow mount namespaces"
[ -d /sys/fs/cgroup ] || impossible "there are no control groups"

# The container's Debian, built once for each list of packages.
cache=${ASSAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/assay}/systemd-rootfs
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
key=$(echo "1 $suite $(dpkg --print-architecture) $packages" | sha256sum | cut -c1-16)
root=$cache/$key
mkdir -p "$cache"
exec 8>"$cache/.lock"
flock 8
if [ ! -e "$root.done" ]; then
    echo "systemd stage: building a small Debian in $root (once; about a minute)"
    rm -rf --one-file-system "$root"
    # shellcheck disable=SC2086
    unshare --mount mmdebstrap --quiet --mode=root --variant=essential --dpkgopt=force-unsafe-io \
        --include="$(echo $packages | tr ' ' ,)" "$suite" "$root" >"$cache/$key.log" 2>&1 || {
        tail -20 "$cache/$key.log" >&2
        impossible "the container's Debian could not be built; see $cache/$key.log"
    }
    touch "$root.done"
fi
exec 8>&-

out=$(mktemp -d)
trap 'rm -rf --one-file-system "$out"' EXIT
mkdir "$out/files"

# The Swift runtime goes where the program looks for it.
binds=("--bind-ro=$(dirname "$stage"):/stage" "--bind-ro=$(dirname "$binary"):/program" "--bind=$out/files:/out")
binds+=("--bind-ro=$(cd "$here/../../Systemd" && pwd):/units")
runtime=$(ldd "$binary" | awk '/libswiftCore.so/ { print $3 }')
[ -z "$runtime" ] || binds+=("--bind-ro=$(dirname "$(realpath "$runtime")")")
while read -r bind; do [ -z "$bind" ] || binds+=("--bind-ro=$bind"); done <<<"${ASSAY_BIND:-}"
# Libraries of the host that the program needs and the container lacks.
while read -r library; do
    [ -e "$root$library" ] || [ -e "$root/usr$library" ] || binds+=("--bind-ro=$library")
done < <(ldd "$binary" | awk '$3 ~ /^\/(usr\/)?lib/ { print $3 }' | sort -u)

container() {
    set -e
    # Everything from here on is gone with this mount namespace. nspawn keeps its locks in /run.
    mount -t tmpfs tmpfs /run
    mkdir -p /run/layer
    mount -t tmpfs tmpfs /run/layer
    mkdir /run/layer/{upper,work,root}
    mount -t overlay overlay -o "lowerdir=$root,upperdir=/run/layer/upper,workdir=/run/layer/work" /run/layer/root
    local system=/run/layer/root/etc/systemd/system unit
    mkdir -p "$system/multi-user.target.wants"
    for unit in systemd-udevd.service systemd-udevd-kernel.socket systemd-udevd-control.socket \
        systemd-modules-load.service systemd-sysctl.service getty.target console-getty.service; do
        ln -sf /dev/null "$system/$unit"
    done
    # Not part of the boot's own job queue, so that the stage may ask systemd anything.
    cat >"$system/stage.service" <<UNIT
[Unit]
Description=The checks of this stage
After=multi-user.target
[Service]
Type=exec
StandardOutput=file:/out/console
StandardError=inherit
ExecStart=/bin/bash /stage/$(basename "$stage") /program/$(basename "$binary")
ExecStopPost=/bin/bash -c 'echo \$EXIT_STATUS >/out/status; journalctl --no-pager -o json >/out/journal.json; journalctl --no-pager >/out/journal; systemctl --no-block poweroff'
UNIT
    ln -s ../stage.service "$system/multi-user.target.wants/stage.service"
    UNIFIED_CGROUP_HIERARCHY=1 exec timeout -k 5 "$limit" systemd-nspawn --quiet --boot --directory=/run/layer/root \
        --machine="assay-stage-$$" --register=no --keep-unit --private-network --console=pipe --resolv-conf=off \
        --timezone=off --link-journal=no "${binds[@]}"
}

cgroups() { find /sys/fs/cgroup -maxdepth 2 -type d \( -name payload -o -name supervisor \) 2>/dev/null; }
before=$(cgroups)
start=$SECONDS
(
    export root stage binary limit
    # A copy of this shell with the function in it, inside the new namespace.
    unshare --mount --propagation private bash -c "$(declare -p binds); $(declare -f container); container"
) >"$out/nspawn" 2>&1 </dev/null
result=$?

# nspawn leaves the control groups behind that it made when it does not run as a unit of a systemd.
while read -r group; do
    if [ -n "$group" ] && ! grep -qxF "$group" <<<"$before"; then find "$group" -depth -type d -exec rmdir {} + 2>/dev/null; fi
done < <(cgroups)

[ -z "${ASSAY_KEEP:-}" ] || { mkdir -p "$ASSAY_KEEP" && cp "$out"/files/* "$out/nspawn" "$ASSAY_KEEP/"; }
if [ $result = 124 ]; then
    cat "$out/files/console" "$out/nspawn" >&2
    echo "systemd stage: not finished within $limit s" >&2
    exit 124
fi
if [ ! -s "$out/files/status" ]; then
    cat "$out/nspawn" >&2
    impossible "the container did not start (nspawn ended with $result)"
fi
cat "$out/files/console"
status=$(cat "$out/files/status")
if [ "$status" != 0 ]; then
    tail -60 "$out/files/journal" >&2
    echo "systemd stage: FAILED ($((SECONDS - start)) s)" >&2
    exit 1
fi
echo "systemd stage: passed ($((SECONDS - start)) s)"
