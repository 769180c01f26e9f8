#!/bin/bash
# Boots the machine and waits for its end: Tests/VM/run-vm.sh MACHINE SHARE PROGRAMS [SECONDS [ARGUMENT…]]
#
# MACHINE    the folder that build-image.sh filled
# SHARE      the folder that the machine sees at /host; its out/ gets the console
# PROGRAMS   a file with the file system that the machine finds as its second disk, read-only
# SECONDS    after which it is switched off, default 1800
# ARGUMENT   more for QEMU
#
# The disk's changes are thrown away. Exit status: 0 it went off by itself; 124 time is up; else QEMU's.
set -euo pipefail
machine=$(realpath "$1")
share=$(realpath "$2")
programs=$(realpath "$3")
limit=${4:-1800}

# Some hosts offer /dev/kvm without a processor that has it; a stock kernel never gets up there.
acceleration=(-accel "tcg,thread=multi,tb-size=512" -cpu "max,la57=off")
if [ -w /dev/kvm ] && grep -qwE 'vmx|svm' /proc/cpuinfo; then acceleration=(-accel kvm -cpu host); fi

qemu=qemu-system-x86_64
firmware=()
if ! command -v $qemu >/dev/null; then
    tools=$machine/tools
    qemu=$tools/usr/bin/$qemu
    firmware=(-L "$tools/usr/share/qemu" -L "$tools/usr/share/seabios" -L "$tools/usr/lib/ipxe/qemu")
    export LD_LIBRARY_PATH=$tools/usr/lib/x86_64-linux-gnu:$tools/lib/x86_64-linux-gnu
fi

kernel_arguments="console=ttyS0,115200 quiet loglevel=4 panic=-1 mitigations=off nokaslr tsc=reliable audit=0 \
systemd.show_status=0 systemd.log_level=notice net.ifnames=0 random.trust_cpu=on"

# In the foreground: who ends this script, ends the machine.
exec timeout --foreground -k 5 "$limit" "$qemu" "${firmware[@]}" "${acceleration[@]}" \
    -M q35,usb=off,vmport=off,sata=off,hpet=on -smp 2 -m 1536 -nodefaults -no-user-config -display none \
    -no-reboot -net none -serial stdio \
    -kernel "$machine/vmlinux" -initrd "$machine/initrd" -append "$kernel_arguments" \
    -drive "file=$machine/disk,format=raw,if=virtio,snapshot=on,cache=unsafe,aio=threads" \
    -drive "file=$programs,format=raw,if=virtio,readonly=on,cache=unsafe,aio=threads" \
    -fsdev "local,id=host,path=$share,security_model=none,multidevs=remap" \
    -device virtio-9p-pci,fsdev=host,mount_tag=host \
    -object rng-random,id=random,filename=/dev/urandom -device virtio-rng-pci,rng=random "${@:5}" \
    </dev/null >"$share/out/console" 2>&1
