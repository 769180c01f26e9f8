# A camera of several planes, pictures that are turned, frames on command, black and blown-out pictures.
systemctl stop assayd
rmmod vivid 2>/dev/null
modprobe vivid n_devs=1 node_types=0x1 num_inputs=2 input_types=0xc multiplanar=2 vid_cap_nr=10
soon 10 test -e $vivid_one
line() {
    configure <<YAML
  one:
    camera: {bus: "platform:vivid-000", format: $1, width: 640, height: 360, rate: 10}
    orientation: {rotate: $2}
    region: {x: 0, y: 0, width: $3, height: $4}
    support_set: /opt/station/tray
    deadline_ms: 20000
    $any_picture
    trigger: {mode: $5}
YAML
}

echo "-- several planes, turned"
line nv12 90 360 270 free-run
now
check "the station starts" apply
check "a device of several planes streams" hear 60 one/camera '.state == "streaming" and .format.pixels == "nv12"'
check "and is judged upright" hear $return_limit one/verdict "$judged and .frame.width == 360 and .frame.height == 640"
line yuv420 0 480 360 free-run
now
check "reload succeeds" apply
check "another format of planes is judged" hear $return_limit one/verdict "$judged and .frame.format == \"yuv420\""

echo "-- frames on command"
line yuyv 0 480 360 command
now
check "reload succeeds" apply
check "the line is armed" hear $return_limit vm/status '.lines[0].state == "armed"'
now
sleep 2
check "nothing is judged unasked" silent one/verdict "$judged"
now
check "the command is answered" bash -c \
    'assayctl command inspect one --metadata "{\"part\": 7}" --deadline 20000 --json >/tmp/message; [ $? -le 1 ]'
check "with a verdict of its own" message '.verdict.trigger == "command" and .verdict.metadata.part == 7'
check "on a frame exposed after it" message '.verdict.frame.captured_at >= .verdict.triggered_at'
check "subscribers hear it too" hear $notice_limit one/verdict '.trigger == "command" and .metadata.part == 7'

echo "-- black, and blown out"
line yuyv 0 480 360 free-run
now
v4l2-ctl -d $vivid_one -c osd_text_mode=2
check "reload succeeds" apply
check "the line judges" judges one 20
inject $vivid_one test_pattern=5
check "black is told" hear $notice_limit vm/event '.code == "image_black"'
check "and not judged" hear $notice_limit one/verdict '.decision == "no_verdict" and (.reasons | contains(["black_image"]))'
inject $vivid_one test_pattern=6
check "white is told" hear $notice_limit vm/event '.code == "image_blown_out"'
check "and not judged" hear $notice_limit one/verdict '.decision == "no_verdict" and (.reasons | contains(["blown_out_image"]))'
inject $vivid_one test_pattern=0
v4l2-ctl -d $vivid_one -c osd_text_mode=0
check "judged again" judges one

systemctl stop assayd
rmmod vivid
