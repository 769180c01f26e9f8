# Settings and cameras that do not fit: another size, a format the camera does not have, a device in other hands.
load_vivid
line() {
    configure <<YAML
  one:
    camera: {device: $vivid_one, format: ${1:-yuyv}, width: ${2:-320}, height: ${3:-180}, rate: 5}
    region: {x: 0, y: 0, width: 240, height: 180}
    support_set: /opt/station/tray
    deadline_ms: 20000
    $any_picture
YAML
}

line
now
check "the station starts" apply
check "the line streams" hear 60 one/camera '.state == "streaming" and .format.width == 320'

echo "-- another size"
line yuyv 640 480
now
check "reload succeeds" apply
check "the camera runs at it" hear $return_limit one/camera \
    '.state == "streaming" and .format.width == 640 and .format.height == 480'
check "and its frames are judged" hear $return_limit one/verdict \
    "$judged and .frame.width == 640 and .frame.height == 480"

echo "-- a format that the camera does not have"
line mjpeg 640 480
now
check "reload succeeds: the settings are right in themselves" apply
check "the camera is refused" hear $notice_limit vm/event \
    '.code == "camera_refused" and .data.cause == "unsupported_format"'
check "with what it offers" message '.text | contains("640×480") or contains("640x480")'
check "the line waits" hear $notice_limit vm/status \
    '.lines[0].state == "waiting" and .lines[0].reason == "unsupported_format"'
now
sleep 2
check "nothing is judged" silent one/verdict "$judged"
check "and the event is not repeated" silent vm/event '.code == "camera_refused"'

echo "-- in the hands of another program"
systemd-run --quiet --collect --unit=holder v4l2-ctl -d $vivid_one --stream-mmap --stream-to=/dev/null
soon 10 bash -c "! v4l2-ctl -d $vivid_one --stream-mmap --stream-count=1 --stream-to=/dev/null 2>/dev/null"
line
now
check "reload succeeds" apply
check "the holder is told" hear $return_limit one/camera '.state == "lost" and .reason == "device_busy"'
now
systemctl stop holder
check "used once it is free" judges one
