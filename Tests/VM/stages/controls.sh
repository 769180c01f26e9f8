# Controls of a real driver: set at each opening, read back, watched, and refused.
pictures=/opt/station/pictures
settings_with_gain() {
    configure <<YAML
  usb:
    camera:
      serial: TC0001
      format: mjpeg
      width: 320
      height: 240
      rate: 5
      controls: {auto_exposure: Manual Mode, exposure_time_absolute: 300, gain: $1}
    support_set: /opt/station/tray
    deadline_ms: 20000
YAML
}
control() { v4l2-ctl -d "$(usb_path TC0001)" "$@"; }

plug TC0001 0 $pictures/tray-*.jpg
soon 20 test -e "$(usb_path TC0001)"
settings_with_gain 20
now
check "the station starts" apply
check "the line judges" judges usb 60
check "the controls are read back" hear $return_limit usb/camera \
    '.state == "streaming" and .controls.gain == 20 and .controls.exposure_time_absolute == 300'
check "the driver has them" test "$(control -C gain)" = "gain: 20"

echo "-- changed by somebody else"
now
control -c gain=50
check "told" hear $return_limit vm/event '.code == "controls_differ" and .line == "usb"'
check "no verdict" hear $notice_limit usb/verdict '.decision == "no_verdict" and (.reasons | index("controls_differ"))'
now
control -c gain=20
check "its end is told" hear $return_limit vm/event '.code == "controls_agree" and .line == "usb"'
check "judging again" judges usb

echo "-- unplugged, plugged in again"
tell_camera TC0001 unplug
check "told" hear $notice_limit vm/event '.code == "camera_lost" and .line == "usb"'
plug TC0001 0 $pictures/tray-*.jpg
check "judging again" judges usb 30
check "the new camera has them" test "$(control -C gain)" = "gain: 20"

echo "-- refused by the camera"
tell_camera TC0001 refuse
settings_with_gain 30
check "reload succeeds" apply
check "told" hear $return_limit vm/event '.code == "controls_differ" and .line == "usb"'
check "no verdict" hear $notice_limit usb/verdict '.decision == "no_verdict" and (.reasons | index("controls_differ"))'
tell_camera TC0001 accept
settings_with_gain 20
check "reload succeeds" apply
check "judging again" judges usb 30
