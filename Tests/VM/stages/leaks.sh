# A thousand times opened, one frame taken, and closed: nothing of it stays open or mapped.
#
# The HDMI input offers far fewer sizes and rates than the webcam's, so that each opening costs less.
load_vivid
v4l2-ctl -d $vivid_two -i 1
count=${cycles:-1000}
begin=$SECONDS
capture-probe device=$vivid_two format=grey width=320 height=240 frames=1 cycles=$count limit=600000 >/tmp/cycles
check "$count cycles" test $? = 0
echo "    ($((SECONDS - begin)) s)"
tail -n 1 /tmp/cycles >/tmp/message
check "each took its frame" message ".taken >= $count"
check "no descriptor stays" message '.descriptorsAfter == .descriptorsBefore'
check "no mapping stays" message '.mappingsAfter == .mappingsBefore'
# One that has been waited for may still be seen for a moment.
check "no thread stays" message '.threadsAfter <= .threadsBefore + 1'
[ $failures = 0 ] || cat /tmp/message
v4l2-ctl -d $vivid_two -i 0
