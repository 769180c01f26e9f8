# Run by Tests/VM/power-cut.sh, once for each life of the machine: the outbox lies on a disk of its own, whose power is
# cut while messages go through it to a broker outside; in the last life all that is left goes out.
systemctl stop assayd 2>/dev/null
check "the disk is as it should be" fsck.ext4 -p /dev/vdc
mkdir -p /var/lib/assay
check "the disk is mounted" mount -t ext4 /dev/vdc /var/lib/assay
chown assay:assay /var/lib/assay
modprobe virtio_net
soon 10 test -e /sys/class/net/eth0
ip link set eth0 up
ip address add 10.0.2.15/24 dev eth0
# Lines without a set answer every frame at once that nothing was judged: as much traffic as the machine can make.
cat >$settings <<YAML
station: {name: vm}
workers: 2
model: /opt/station/model
mqtt: {host: 10.0.2.2, port: $(cat /host/broker-port), interval_s: 2, keep_alive_s: 30}
health: {interval_s: 2}
lines:
  free:
    camera: {replay: /opt/station/pictures, rate: 20, loop: true, wait: true}
  asked:
    camera: {replay: /opt/station/pictures, rate: 5, loop: true, wait: true}
    trigger: {mode: command}
YAML
check "the station starts" systemctl start assayd
assayctl status --json >/tmp/status
check "the disk is used" gojq -e '.broker.outbox == null' /tmp/status

# Answers come once a verdict is committed: whatever is written here must arrive, with this number and content.
ask() {
    assayctl command inspect asked --deadline 20000 --json >/tmp/answer 2>/tmp/refusal
    gojq -r '.verdict | "\(.line) \(.seq) \(.id)"' /tmp/answer >>/host/out/told
}
for count in 1 2 3; do ask; done
check "verdicts are told" grep -q '^asked [0-9]' /host/out/told
if [ "$(cat /host/life)" != last ]; then
    touch /host/out/running
    while true; do ask; done
fi
idle() { assayctl status --json | gojq -e '.broker.connected and .broker.queued < 20' >/dev/null; }
check "the rest goes out" soon 120 idle
check "the station stops" systemctl stop assayd
check "the end was clean" property assayd Result success
umount /var/lib/assay
