#!/usr/bin/env bash
# Tests the station on a machine with a real kernel, V4L2, udev and systemd: a small Debian under QEMU, with two cameras
# of the kernel's test driver vivid and a USB camera whose faults we command.
#
#   Tools/test-vm.sh [STAGE…]
#
# STAGE are files of Tests/VM/stages, in this order; all of them unless given. The stage power-cut has lives of the
# machine of its own, after the one in which the others run. Root only, on Debian 12; makes no change
# to this machine but for the cache, ${ASSAY_CACHE:-${XDG_CACHE_HOME:-~/.cache}/assay}/vm.
#
# ASSAY_BUILD       the folder of the built programs, default .build/release; what is missing there is built
# ASSAY_KEEP        the folder that gets journal, messages and what the stages printed, default out/vm
# ASSAY_LIMIT       seconds after which the machine is switched off, default 1800: for a hang, not for a slow host
# ASSAY_REQUIRE_VM  1: it is a failure when the machine is not possible here
#
# Exit status: 0 all checks passed, or not possible here, which is said loudly; 1 a check failed; 124 time is up.
set -euo pipefail
umask 022
cd "$(dirname "$0")/.."
root=$PWD
cache=${ASSAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/assay}
machine=$cache/vm
build=${ASSAY_BUILD:-$root/.build/release}
kept=${ASSAY_KEEP:-$root/out/vm}
programs=(assayd assayctl capture-probe)
stages=(unit vivid-faults usb controls settings restarts sources leaks power-cut)
[ $# = 0 ] || stages=("$@")
cutting=
for place in "${!stages[@]}"; do
    [ "${stages[place]}" != power-cut ] || { cutting=yes; unset "stages[place]"; }
done

# skip WHY: the end when the machine is not possible.
skip() {
    echo "test-vm: NOT RUN: $1" >&2
    echo "test-vm: NOT RUN: cameras, faults and recovery were not tested on a real kernel" >&2
    [ "${ASSAY_REQUIRE_VM:-0}" != 1 ] || exit 1
    exit 0
}

status=0
Tests/VM/build-image.sh "$machine" </dev/null || status=$?
[ $status != 77 ] || skip "see above"
[ $status = 0 ] || exit $status

Tools/setup.sh
for program in "${programs[@]}"; do
    [ -x "$build/$program" ] && continue
    [ -z "${ASSAY_BUILD:-}" ] || { echo "test-vm: $build has no $program" >&2; exit 1; }
    swift build -c release --explicit-target-dependency-import-check error --product "$program"
done

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
runtime=$(printf '%s\n' "$cache"/openvino-*/lib | sort -V | tail -1)

# What stands for the model, and a set made with it as a customer would.
tiny() {
    local inputs wanted
    inputs=(Tools/models/tiny/*.py Tools/models/{graph,pictures,quantize,rounding}.py Tools/requirements.txt)
    wanted=$(cat "${inputs[@]}" | sha256sum | cut -c1-32)
    [ "$(cat "$machine/tiny/key" 2>/dev/null)" = "$wanted" ] && return
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=Tools/models "$cache/python/bin/python" Tools/models/tiny/tiny_bundle.py \
        "$work/tiny/model" "$work/tiny/pictures"
    rm -rf "$machine/tiny"
    mv "$work/tiny" "$machine/tiny"
    echo "$wanted" >"$machine/tiny/key"
}
tiny

# The second disk: what a package of Assay would hold, and what it needs that the machine's Debian lacks.
disk=$work/programs
mkdir -p "$disk"/{bin,lib,swift,host-lib}
for program in "${programs[@]}"; do cp "$build/$program" "$disk/bin/"; done
cc -std=gnu11 -O2 -Wall -Wextra -Werror -o "$disk/bin/usb-camera" Tests/VM/usb-camera.c
cc -std=gnu11 -O2 -Wall -Wextra -Werror -shared -fPIC -o "$disk/bin/hang-decoder.so" Tests/VM/hang-decoder.c
cp "$runtime"/* "$disk/lib/"
cp -r "$machine/tiny/model" "$machine/tiny/pictures" "$disk/"
LD_LIBRARY_PATH=$runtime "$build/assayctl" enroll --model "$disk/model" "$disk"/pictures/good-*.jpg --name tray \
    --output "$disk/tray" >"$work/enrolled" || { cat "$work/enrolled" >&2; exit 1; }
swift=$(dirname "$(ldd "$build/assayd" | awk '/libswiftCore.so/ { print $3 }')")
ldd "${programs[@]/#/$build/}" | awk '$3 ~ /^\// { print $3 }' | sort -u | while read -r library; do
    case $library in
        "$swift"/*) cp -L "$library" "$disk/swift/" ;;
        *) /sbin/debugfs -R "stat /usr${library#/usr}" "$machine/disk" 2>/dev/null | grep -q Inode \
            || cp -L "$library" "$disk/host-lib/" ;;
    esac
done
chmod -R a+rX "$disk"
size=$(($(du -sm "$disk" | cut -f 1) * 11 / 10 + 16))
/sbin/mke2fs -q -t ext4 -O ^has_journal,^metadata_csum -m 0 -d "$disk" "$work/programs.img" "${size}M" >/dev/null

# make_share FOLDER: what the machine sees of this one.
make_share() {
    mkdir -p "$1/out"
    cp -r Tests/VM/guest Tests/VM/stages "$1/"
    cp Tests/Systemd/stage-checks.sh "$1/guest/"
    cp -r Systemd "$1/units"
}

begin=$SECONDS
mkdir -p "$kept"

if [ ${#stages[@]} -gt 0 ]; then
    share=$work/share
    make_share "$share"
    printf '%s\n' "${stages[@]}" >"$share/stages-to-run"
    result=0
    Tests/VM/run-vm.sh "$machine" "$share" "$work/programs.img" "${ASSAY_LIMIT:-1800}" || result=$?
    cp "$share"/out/* "$kept/"
    [ ! -e "$share/out/stages" ] || cat "$share/out/stages"
    if [ $result = 124 ]; then
        echo "test-vm: not finished within ${ASSAY_LIMIT:-1800} s; see $kept" >&2
        exit 124
    fi
    if [ ! -s "$share/out/status" ]; then
        tail -20 "$share/out/console" >&2
        echo "test-vm: the machine ended without a result (QEMU: $result); see $kept" >&2
        exit 1
    fi
    if [ "$(cat "$share/out/status")" != 0 ]; then
        echo "test-vm: FAILED ($((SECONDS - begin)) s); journal and messages are in $kept" >&2
        exit 1
    fi
fi

if [ -n "$cutting" ]; then
    echo "== power-cut"
    share=$work/cut-share
    make_share "$share"
    result=0
    Tests/VM/power-cut.sh "$machine" "$share" "$work/programs.img" || result=$?
    mkdir -p "$kept/power-cut"
    cp "$share"/out/* "$kept/power-cut/"
    if [ $result != 0 ]; then
        echo "test-vm: FAILED ($((SECONDS - begin)) s); journal and messages are in $kept/power-cut" >&2
        exit 1
    fi
fi
echo "test-vm: passed ($((SECONDS - begin)) s); journal and messages are in $kept"
