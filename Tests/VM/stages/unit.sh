# The unit as shipped: real runtime, a camera that comes late, the device rule, and who the daemon is.
configure <<YAML
  one:
    camera: {device: $vivid_one, format: yuyv, width: 320, height: 180, rate: 5}
    region: {x: 40, y: 0, width: 240, height: 180}
    support_set: /opt/station/tray
    deadline_ms: 20000
    $any_picture
YAML
check "no driver is loaded yet" bash -c '! grep -q video4linux /proc/devices'
now
check "the unit starts without a camera" systemctl start assayd
echo "    ($(awk -v a="$mark" -v b="$(date +%s.%N)" 'BEGIN { printf "%.0f", (b - a) * 1000 }') ms)"
first=$(pid)
check "videodev is loaded by then" grep -q video4linux /proc/devices
check "the line says what it waits for" hear 5 vm/status \
    '.lines[0].state == "waiting" and .lines[0].reason == "device_missing"'
check "the journal too" told camera_lost ASSAY_LINE=one

now
load_vivid
check "a camera that comes later is used" judges one
check "and told to be back" told camera_back ASSAY_LINE=one
check "with its format" hear 5 one/camera \
    '.state == "streaming" and .format == {pixels: "yuyv", width: 320, height: 180, rate_hz: 5}'
check "without a restart" test "$(pid)" = "$first"
now
check "the status follows" hear 10 vm/status '.state == "online"'
for count in 1 2 3; do
    now
    judges one >/dev/null || break
done
check "verdicts go on" test $? = 0
check "what does not change is not repeated" silent one/camera .

check "the verdict names the tiny model in 8 bits" message '.model.name == "tiny" and .model.precision == "int8"'
check "the device belongs to the group video" test "$(stat -c %G:%a $vivid_one)" = video:660
check "it runs as assay" test "$(stat -c %U:%G "/proc/$first")" = assay:assay
check "it has no capabilities" grep -q '^CapEff:[[:space:]]*0000000000000000$' "/proc/$first/status"
check "its system calls are filtered" grep -q '^Seccomp:[[:space:]]*2$' "/proc/$first/status"

# The device rule, tried by a process in the unit's control group.
group=/sys/fs/cgroup$(systemctl show --value -p ControlGroup assayd)
may_open() { (echo $BASHPID >"$group/cgroup.procs" && exec 3<"$1") 2>/dev/null; }
check "the unit may open cameras" may_open $vivid_two
check "but no other device" bash -c "$(declare -f may_open); group=$group; ! may_open /dev/vda && ! may_open /dev/kmsg"

check "the watchdog is fed" property assayd NRestarts 0
now
check "stop succeeds" systemctl stop assayd
check "the end was clean" property assayd Result success
check "the station is offline" hear 5 vm/status '.state == "offline" and .reason == "stopped"'
