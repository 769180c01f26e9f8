# A thousand times opened, one frame taken, and closed: nothing of it stays open or mapped.
load_vivid
v4l2-ctl -d $vivid_one --set-fmt-video=width=320,height=180,pixelformat=GREY
# The first cycle's counts are compared with those after the last.
begin=$(date +%s)
check "a thousand cycles" capture-probe device=$vivid_one format=grey width=320 height=180 rate=60 frames=1 cycles=${CYCLES:-1000} \
    limit=300000 >/tmp/cycles
echo "    ($(($(date +%s) - begin)) s)"
tail -1 /tmp/cycles >/tmp/message
check "each took its frame" message ".taken >= ${CYCLES:-1000}"
check "no descriptor stays" message '.descriptorsAfter == .descriptorsBefore'
check "no mapping stays" message '.mappingsAfter == .mappingsBefore'
check "no thread stays" message '.threadsAfter == .threadsBefore'
[ $failures = 0 ] || cat /tmp/message
