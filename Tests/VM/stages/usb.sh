# A USB camera, known by its serial number, that comes, goes, freezes and sends rubbish; a second line never notices.
load_vivid
pictures=/opt/station/pictures
configure <<YAML
  usb:
    camera: {serial: TC0001, format: mjpeg, width: 320, height: 240, rate: 5}
    support_set: /opt/station/tray
    deadline_ms: 20000
  other:
    camera: {device: $vivid_one, format: yuyv, width: 320, height: 180, rate: 5}
    region: {x: 40, y: 0, width: 240, height: 180}
    support_set: /opt/station/tray
    deadline_ms: 20000
    $any_picture
YAML
now
check "the station starts without the camera" apply
check "the other line judges" judges other 60

plugged_in() {
    plug "$@"
    soon 30 test -e "$(usb_path "$1")"
}
# bystander: the other line has judged every frame since the last `now`, and nothing was told of it.
bystander() {
    silent vm/event '.line == "other"' && silent other/camera '.state != "streaming"' && all other/verdict "$judged" \
        && ! silent other/verdict .
}

echo "-- plugged in"
check "the camera is there" plugged_in TC0001 0 $pictures/tray-*.jpg
check "it is used" judges usb
check "a good tray passes" hear $return_limit usb/verdict '.decision == "pass"'
check "the other line never noticed" bystander

echo "-- unplugged while streaming"
tell_camera TC0001 unplug
check "event in time" hear $notice_limit vm/event \
    '.code == "camera_lost" and .line == "usb" and .data.cause == "device_missing"'
check "the camera's state" hear $notice_limit usb/camera '.state == "lost" and .reason == "device_missing"'
check "the station's state" hear $notice_limit vm/status \
    '.state == "degraded" and (.lines[] | select(.name == "usb").state == "waiting")'
check "the other line never noticed" bystander

echo "-- plugged in again, with a part missing"
check "the camera is there" plugged_in TC0001 0 $pictures/missing-*.jpg
check "camera back" hear $return_limit vm/event '.code == "camera_back" and .line == "usb"'
check "judging again" judges usb
check "the missing part is found" hear $return_limit usb/verdict \
    '.decision == "fail" and .findings[0].kind == "missing"'
check "the other line never noticed" bystander

echo "-- another camera instead"
tell_camera TC0001 unplug
check "told" hear $notice_limit vm/event '.code == "camera_lost" and .line == "usb"'
check "the other camera is there" plugged_in TC0002 0 $pictures/tray-*.jpg
sleep 3
check "it is not used" silent usb/verdict "$judged"
check "the right one is there, elsewhere" plugged_in TC0001 1 $pictures/tray-*.jpg
check "and is used, under another number" judges usb
check "its tray passes" hear $return_limit usb/verdict '.decision == "pass"'
check "the other line never noticed" bystander
tell_camera TC0002 unplug

echo "-- frozen: it sends nothing more"
tell_camera TC0001 freeze
check "event in time" hear $notice_limit vm/event \
    '.code == "camera_lost" and .line == "usb" and .data.cause == "no_frames"'
tell_camera TC0001 thaw
check "camera back" hear $return_limit vm/event '.code == "camera_back" and .line == "usb"'
now
check "judging again" judges usb

echo "-- frozen: one picture, again and again"
tell_camera TC0001 repeat
check "told" hear $((3 + return_limit)) vm/event '.code == "image_frozen" and .line == "usb"'
check "it is not judged" hear $notice_limit usb/verdict \
    '.decision == "no_verdict" and (.reasons | index("frozen_image"))'
now
sleep 1
check "none of them" silent usb/verdict "$judged"
tell_camera TC0001 vary
check "its end is told" hear $return_limit vm/event '.code == "image_frozen_over" and .line == "usb"'
check "judging again" judges usb

echo "-- endpoint stalled"
tell_camera TC0001 "stall 3"
sleep 1
check "judging again" hear 20 usb/verdict "$judged"
now
check "and again" judges usb
check "the other line never noticed" bystander

echo "-- frames marked as broken"
tell_camera TC0001 "damage 3"
check "the gap is told" hear $return_limit usb/verdict '.frame.lost_before > 0'

echo "-- half frames"
tell_camera TC0001 "cut 3"
check "they are not judged" hear $return_limit usb/verdict '.decision == "no_verdict"'
check "and never pass" all usb/verdict 'if .decision == "pass" then .objects.seen == .objects.expected else true end'
now
check "judging again" judges usb
check "the other line never noticed" bystander
