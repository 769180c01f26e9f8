# The daemon killed, halted, and with workers that hang: it comes back by itself, and the journal tells why.
pictures=/opt/station/pictures
journal_tells() { journalctl --quiet --unit=assayd --since "@$mark" -o cat | grep -qE "$1"; }
configure <<YAML
  usb:
    camera: {serial: TC0001, format: mjpeg, width: 320, height: 240, rate: 5}
    support_set: /opt/station/tray
    deadline_ms: 1000
YAML
mkdir -p /run/systemd/system/assayd.service.d
printf '[Service]\nEnvironment=LD_PRELOAD=/usr/bin/hang-decoder.so\n' >/run/systemd/system/assayd.service.d/hang.conf
systemctl daemon-reload
systemctl stop assayd
systemctl reset-failed assayd 2>/dev/null
plug TC0001 0 $pictures/tray-*.jpg
now
check "the station starts" systemctl start assayd
check "the line judges" judges usb 40

echo "-- killed"
last=$(gojq .seq /tmp/message) boot=$(gojq -r .boot /tmp/message) restarts=0
now
systemctl kill --signal=KILL assayd
check "offline is said for it" hear $notice_limit vm/status '.state == "offline"'
check "judging again" hear 60 usb/verdict "$judged and .boot != \"$boot\""
check "no number is used twice" test "$(gojq .seq /tmp/message)" -gt "$last"
numbers() { gojq -r 'select(.topic | endswith("/verdict")).message | "\(.line) \(.seq) \(.id)"' $heard; }
check "over all that was heard" test -z "$(numbers | sort -u | cut -d ' ' -f 1,2 | uniq -d)"
check "one restart" property assayd NRestarts $((restarts += 1))

echo "-- a worker that hangs"
now
touch /run/hang
check "the worker is given up" hear 30 vm/event '.code == "worker_stuck" and .line == "usb"'
check "its frame gets no verdict" hear 10 usb/verdict '.decision == "no_verdict"'
check "systemd starts it again" soon 90 property assayd NRestarts $((restarts += 1))
rm /run/hang
check "the journal tells of the worker" told worker_stuck ASSAY_LINE=usb
check "and why it ended" journal_tells 'More workers hang|Watchdog timeout'
now
check "judging again" judges usb 60

echo "-- halted"
now
kill -STOP "$(pid)"
check "the watchdog restarts it" soon 60 property assayd NRestarts $((restarts += 1))
check "the journal tells why" journal_tells 'Watchdog timeout'
now
check "judging again" judges usb 60

rm -r /run/systemd/system/assayd.service.d
systemctl daemon-reload
