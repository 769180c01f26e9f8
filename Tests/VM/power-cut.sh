#!/bin/bash
# Cuts the power of the machine while the station's outbox is at work, and checks what a subscriber relies on.
#
#   Tests/VM/power-cut.sh MACHINE SHARE PROGRAMS
#
# The arguments are those of run-vm.sh. The outbox lies on a disk of its own, of which QEMU writes a log (blklogwrites):
# every write and every flush in their order. The power is cut by SIGKILL to QEMU. What the host has cached of the disk
# would survive that, so the disk of the next life is made from the log: all up to the last flush, and of the writes after
# it none, or each by the throw of a coin, as in a disk whose cache is gone. Broker and subscriber are on the host and
# live on.
#
# ASSAY_CUTS       how often the power is cut, default 3
# ASSAY_CUT_SEED   decides when, and which writes are lost
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
machine=$1 share=$2 programs=$3
cuts=${ASSAY_CUTS:-3}
RANDOM=${ASSAY_CUT_SEED:-20261122}
work=$(mktemp -d)
children=()
finish() {
    for child in "${children[@]}"; do kill -CONT "$child" 2>/dev/null; kill -KILL "$child" 2>/dev/null; done
    rm -rf "$work"
}
trap finish EXIT
for tool in mosquitto mosquitto_sub; do
    PATH=$PATH:/usr/sbin command -v $tool >/dev/null || { echo "power-cut: $tool is missing; Tools/setup.sh installs it" >&2; exit 1; }
done

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
printf 'listener %s 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\npersistence false\n' "$port" >"$work/broker"
PATH=$PATH:/usr/sbin mosquitto -c "$work/broker" >"$work/broker-log" 2>&1 &
broker=$!
children+=($broker)
until mosquitto_pub -h 127.0.0.1 -p "$port" -t start -n 2>/dev/null; do sleep 0.1; done
stdbuf -oL mosquitto_sub -h 127.0.0.1 -p "$port" -q 1 -t 'assay/v1/vm/#' -F '{"topic":"%t","message":%p}' \
    >"$share/out/heard" &
children+=($!)
echo "$port" >"$share/broker-port"
echo power-cut >"$share/stages-to-run"

disk=$work/disk
truncate -s 96M "$disk"
/sbin/mke2fs -q -t ext4 "$disk"

# live ARGUMENT…: one life of the machine, with the disk as these say; by its address it is the third.
live() {
    "$here/run-vm.sh" "$machine" "$share" "$programs" "${ASSAY_LIMIT:-600}" "$@" \
        -device virtio-blk-pci,addr=0x1a,drive=outbox,write-cache=on,discard=off,write-zeroes=off \
        -netdev user,id=outside -device virtio-net-pci,netdev=outside -pidfile "$work/pid"
}

ended() {
    cat "$share/out/stages" >&2 || tail "$share/out/console" >&2
    echo "power-cut: the machine ended too soon" >&2
    exit 1
}

for ((cut = 1; cut <= cuts; cut++)); do
    echo "$cut" >"$share/life"
    rm -f "$share/out/running" "$share/out/status"
    cp --sparse=always "$disk" "$work/running"
    rm -f "$work/log"
    truncate -s 4G "$work/log"
    # So slow that the cut mostly comes between a write and its flush.
    live -blockdev "driver=file,node-name=written,filename=$work/running" \
        -object throttle-group,id=slow,x-iops-total=100 \
        -blockdev driver=throttle,node-name=throttled,throttle-group=slow,file=written \
        -blockdev "driver=file,node-name=log,filename=$work/log" \
        -blockdev driver=blklogwrites,node-name=outbox,file=throttled,log=log,log-sector-size=512 &
    life=$!
    until [ -e "$share/out/running" ]; do
        kill -0 $life 2>/dev/null || ended
        sleep 0.2
    done
    # Messages pile up while the broker does not answer, and go out while it does.
    sleep $((RANDOM % 3)).$((RANDOM % 100))
    kill -STOP $broker
    sleep $((RANDOM % 3)).$((RANDOM % 100))
    [ $((cut % 2)) = 0 ] || { kill -CONT $broker; sleep 0.$((RANDOM % 1000)); }
    kill -KILL "$(cat "$work/pid")"
    wait $life 2>/dev/null || true
    kill -CONT $broker
    python3 "$here/power_cut.py" replay "$disk" "$work/log" $((cut == 1 ? 0 : RANDOM))
done
echo last >"$share/life"
live -blockdev "driver=file,node-name=outbox,filename=$disk"
sleep 1
cat "$share/out/stages"
[ "$(cat "$share/out/status")" = 0 ] || { echo "power-cut: FAILED" >&2; exit 1; }
python3 "$here/power_cut.py" check "$share/out/heard" "$share/out/told" "$cuts"
