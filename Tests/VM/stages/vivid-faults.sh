# The kernel's own fault injection on one camera: each fault with its event, the line's state, and the way back.
load_vivid
at_rate() {
    configure <<YAML
  one:
    camera: {device: $vivid_one, format: yuyv, width: 320, height: 180, rate: $1}
    region: {x: 40, y: 0, width: 240, height: 180}
    support_set: /opt/station/tray
    deadline_ms: 20000
    $any_picture
YAML
}
at_rate 5
now
check "the station starts" apply
check "the line judges" judges one 40
first=$(pid)

# lost CAUSE: the line is lost for this cause, in time, and says so everywhere.
lost() {
    check "$1: event in time" hear $notice_limit vm/event \
        ".code == \"camera_lost\" and .line == \"one\" and .data.cause == \"$1\""
    check "$1: the camera's state" hear $notice_limit one/camera ".state == \"lost\" and .reason == \"$1\""
    check "$1: the journal" told camera_lost ASSAY_LINE=one
}

# back: the line is back by itself, and judges.
back() {
    check "back by itself" hear $return_limit vm/event '.code == "camera_back" and .line == "one"'
    now
    check "and judging" judges one
}

echo "-- disconnected"
inject $vivid_one disconnect
lost device_missing
back

echo "-- fatal streaming error"
inject $vivid_one inject_fatal_streaming_error
lost io_error
back

echo "-- REQBUFS refused at the next opening"
inject $vivid_one inject_vidioc_reqbufs_error
inject $vivid_one disconnect
check "told" hear $notice_limit one/camera '.state == "lost" and .reason == "io_error"'
back

echo "-- STREAMON refused at the next opening"
inject $vivid_one inject_vidioc_streamon_error
inject $vivid_one disconnect
check "told" hear $notice_limit one/camera '.state == "lost" and .reason == "io_error"'
back

echo "-- QBUF refused once"
inject $vivid_one inject_vidioc_qbuf_error
for count in 1 2 3 4 5 6; do judges one >/dev/null && now; done
check "nothing is lost" silent vm/event '.code == "camera_lost"'
inject $vivid_one inject_vidioc_qbuf_error
check "nor at the second time" judges one

echo "-- buffer with the error flag"
damaged() { gojq '.lines[0].damaged' /tmp/message; }
now
check "health is heard" hear 10 vm/health .
before=$(damaged)
inject $vivid_one inject_v4l2_buf_flag_error
check "it is counted" hear 10 vm/health ".lines[0].damaged > $before"
check "the line stays" silent vm/event '.code == "camera_lost"'
now
check "and judges" judges one

echo "-- a quarter of the frames dropped"
inject $vivid_one percentage_of_dropped_buffers=25
check "the next verdict tells of the gap" hear $return_limit one/verdict "$judged and .frame.lost_before > 0"
check "the line stays" silent vm/event '.code == "camera_lost"'

echo "-- all frames dropped"
inject $vivid_one percentage_of_dropped_buffers=100
lost no_frames
inject $vivid_one percentage_of_dropped_buffers=0
back

echo "-- sequence numbers that wrap"
# The driver starts 128 frames before the wrap.
v4l2-ctl -d $vivid_one -c wrap_sequence_number=1
at_rate 30
now
check "reload succeeds" apply
check "frames before the wrap" hear 20 one/verdict "$judged and .frame.sequence > 4294967000"
now
check "frames after it" hear 60 one/verdict "$judged and .frame.sequence < 1000"
check "no gap is seen in it" all one/verdict '.frame.lost_before < 1000'
v4l2-ctl -d $vivid_one -c wrap_sequence_number=0
at_rate 5
check "reload succeeds" apply

echo "-- time stamps that wrap"
for kind in 1 2; do
    v4l2-ctl -d $vivid_one -c wrap_timestamp=$kind
    inject $vivid_one disconnect
    back
    check "the time of capture is believable" \
        message '((.frame.captured_at | sub("\\.[0-9]+"; "") | fromdate) - now) | . > -60 and . < 5'
done
v4l2-ctl -d $vivid_one -c wrap_timestamp=0

echo "-- driver unbound and bound again"
now
echo vivid.0 >/sys/bus/platform/drivers/vivid/unbind
lost device_missing
check "the node is gone" soon 5 test ! -e $vivid_one
sleep 1
now
echo vivid.0 >/sys/bus/platform/drivers/vivid/bind
back

check "one process all the while" test "$(pid)" = "$first"
check "and none of it was a restart" property assayd NRestarts 0
