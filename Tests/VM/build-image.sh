#!/bin/bash
# Builds the machine that Tests/VM boots: a stock kernel and a small Debian, from this host's own package sources.
#
#   Tests/VM/build-image.sh FOLDER
#
# FOLDER gets vmlinux, initrd and disk (ext4), and in tools/ QEMU if it is not installed; nothing else on this machine
# changes. What is there is used again, in silence, as long as this script, the files in image/ and the kernel's package
# are the same.
#
# Exit status: 0 it is there; 77 it cannot be built here, and why; 1 anything else.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:?the folder to build in}

packages=(
    systemd systemd-sysv udev dbus kmod procps iproute2 dmsetup e2fsprogs gojq mosquitto mosquitto-clients v4l-utils
    libv4l-0 libstdc++6 libgcc-s1 libfreetype6 libmosquitto1 libopenblas0-pthread libpng16-16 libsqlite3-0 libturbojpeg0
)
start_modules=(virtio_pci virtio_blk ext4 9p 9pnet_virtio)
modules=("${start_modules[@]}" autofs4 virtio_rng virtio_net dm_mod dm_flakey vivid uvcvideo vhci_hcd usbip_core)

say() { printf 'test machine: %s\n' "$*" >&2; }
impossible() { say "$*"; exit 77; }

[ "$(id -u)" = 0 ] || impossible "it takes root to build it"
[ "$(uname -m)" = x86_64 ] || impossible "it is made for x86-64"
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
[ "$suite" = bookworm ] || impossible "it is made from Debian 12's packages"
unshare --mount true 2>/dev/null || impossible "this environment does not allow mount namespaces"

mkdir -p "$folder"
exec 8>"$folder/.lock"
flock 8

# ---- the host's tools: those that are installed, else unpacked ones

# Packages with what they need that is not installed. A container's apt may throw them away, so this keeps its own.
fetch_tools() {
    mkdir -p "$folder/debs/partial"
    apt-get -qq -o Dir::Cache::archives="$folder/debs" -o APT::Keep-Downloaded-Packages=true -o DPkg::Post-Invoke= \
        -o APT::Update::Post-Invoke= -o APT::Sandbox::User=root -o DPkg::Lock::Timeout=120 \
        --yes --download-only --no-install-recommends install qemu-system-x86 mmdebstrap >/dev/null || return
    for deb in "$folder"/debs/*.deb; do dpkg-deb -x "$deb" "$tools"; done
}

tools=$folder/tools
if ! command -v qemu-system-x86_64 >/dev/null || ! command -v mmdebstrap >/dev/null; then
    if [ ! -e "$tools/.complete" ]; then
        say "fetching QEMU"
        rm -rf "$tools" "$folder/debs"
        mkdir -p "$tools"
        apt-get update -qq
        fetch_tools || impossible "QEMU cannot be had here"
        rm -rf "$folder/debs"
        touch "$tools/.complete"
    fi
    export PATH=$tools/usr/bin:$PATH
fi

# ---- is it there?

kernel=$(apt-cache depends linux-image-amd64 2>/dev/null | awk '/Depends: linux-image/ { print $2; exit }')
if [ -z "$kernel" ]; then
    apt-get update -qq
    kernel=$(apt-cache depends linux-image-amd64 | awk '/Depends: linux-image/ { print $2; exit }')
fi
[ -n "$kernel" ] || impossible "the package sources have no linux-image-amd64"
release=${kernel#linux-image-}
key=$( (cat "$0" "$here"/image/* && echo "$kernel") | sha256sum | cut -c1-32)
[ "$(cat "$folder/key" 2>/dev/null)" = "$key" ] && exit 0
say "building it (once; about a minute)"
rm -f "$folder/key"
making=$(mktemp -d "$folder/making-XXXXXX")
trap 'rm -rf --one-file-system "$making"' EXIT

# ---- packages

mkdir "$making"/{debs,kernel,busybox}
(cd "$making/debs" && apt-get -qq -o APT::Sandbox::User=root download "$kernel" busybox-static)
dpkg-deb -x "$making"/debs/"$kernel"_*.deb "$making/kernel" &
unpacking=$!
dpkg-deb -x "$making"/debs/busybox-static_*.deb "$making/busybox"
apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' \
    | grep -E " $suite[a-z-]* main\$" | sort -u >"$making/sources.list"
root=$making/root
# mmdebstrap mounts /dev, /proc and /sys in the tree; in a namespace of its own nothing stays mounted.
TMPDIR=$making unshare --mount --propagation private mmdebstrap --quiet --mode=root --variant=essential \
    --format=directory --include="$(IFS=,; echo "${packages[*]}")" --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    "$suite" "$root" "$making/sources.list" >"$folder/mmdebstrap.log" 2>&1 \
    || {
        tail -20 "$folder/mmdebstrap.log" >&2
        impossible "its Debian could not be built; see $folder/mmdebstrap.log"
    }
wait $unpacking

# ---- kernel and modules

# QEMU boots the unpacked kernel directly; that saves the emulated processor four seconds of unpacking.
python3 - "$making/kernel/boot/vmlinuz-$release" "$making/vmlinux" <<'PYTHON'
import lzma, sys
data = open(sys.argv[1], "rb").read()
start = data.find(b"\xfd7zXZ\0")
while start >= 0:
    try:
        kernel = lzma.LZMADecompressor().decompress(data[start:])
        if kernel[:4] == b"\x7fELF":
            open(sys.argv[2], "wb").write(kernel)
            sys.exit()
    except lzma.LZMAError:
        pass
    start = data.find(b"\xfd7zXZ\0", start + 1)
sys.exit("no kernel was found in " + sys.argv[1])
PYTHON
mkdir -p "$root/usr/lib/modules"
mv "$making/kernel/lib/modules/$release" "$root/usr/lib/modules/$release"
chroot "$root" depmod -a "$release"
# Keeps the wanted modules with all they need, and lists those for the start in the order of loading.
python3 - "$root/usr/lib/modules/$release" "$making/start-modules" "${start_modules[*]}" "${modules[*]}" <<'PYTHON'
import os, sys
folder, listing, start, wanted = sys.argv[1:]
needs = {}
for line in open(folder + "/modules.dep"):
    path, others = line.rstrip("\n").split(":", 1)
    needs[path] = others.split()
paths = {os.path.basename(path).split(".")[0].replace("-", "_"): path for path in needs}
softly = {"ext4": ["crc32c_generic"]}
def closure(names):
    found = []
    def add(path):
        if path not in found:
            for other in reversed(needs[path]):
                add(other)
            found.append(path)
    for name in names:
        for each in softly.get(name, []) + [name]:
            if each in paths:
                add(paths[each])
    return found
open(listing, "w").write("".join(path + "\n" for path in closure(start.split())))
kept = set(closure(wanted.split()))
for parent, _, files in os.walk(folder + "/kernel", topdown=False):
    for name in files:
        path = os.path.join(parent, name)
        if os.path.relpath(path, folder) not in kept:
            os.unlink(path)
    if not os.listdir(parent):
        os.rmdir(parent)
PYTHON
chroot "$root" depmod -a "$release"

# ---- the machine's own settings

echo station >"$root/etc/hostname"
printf '127.0.0.1 localhost station\n::1 localhost\n' >"$root/etc/hosts"
echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
: >"$root/etc/fstab"
: >"$root/etc/resolv.conf"
system=$root/etc/systemd/system
mkdir -p "$root"/etc/systemd/{journald,system}.conf.d "$root/host" "$root/opt/station" "$system/multi-user.target.wants"
cp "$here/image/journald.conf" "$root/etc/systemd/journald.conf.d/machine.conf"
cp "$here/image/system.conf" "$root/etc/systemd/system.conf.d/machine.conf"
cp "$here"/image/{host.mount,stages.service} "$system/"
ln -s ../stages.service "$system/multi-user.target.wants/"
ln -sf /lib/systemd/system/multi-user.target "$system/default.target"
while read -r unit; do ln -sf /dev/null "$system/$unit"; done <"$here/image/masked-units"
# Started by the stages.
rm -f "$system/multi-user.target.wants/mosquitto.service"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,info,locale}/*

# ---- what the kernel starts with

start=$making/start
mkdir -p "$start"/{bin,dev,proc,root,modules}
cp "$making/busybox/bin/busybox" "$start/bin/"
number=10
while read -r module; do
    cp "$root/usr/lib/modules/$release/$module" "$start/modules/$number-$(basename "$module")"
    number=$((number + 1))
done <"$making/start-modules"
install -m 755 "$here/image/init" "$start/init"
(cd "$start" && find . | bin/busybox cpio -o -H newc 2>/dev/null) >"$making/initrd"

# ---- the disk, straight from the folder

size=$(($(du -sm "$root" | cut -f 1) + 256))
mke2fs -q -t ext4 -O ^has_journal,^metadata_csum -m 0 -d "$root" "$making/disk" "${size}M" >/dev/null
mv "$making"/{vmlinux,initrd,disk} "$folder/"
echo "$key" >"$folder/key"
