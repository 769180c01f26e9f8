#!/bin/bash
# Runs in the machine: prepares it, then each stage that the host asked for in a shell of its own.
. /host/guest/station.sh

# stamped: what comes in, with the seconds since power-on, as journal and kernel log have them.
stamped() {
    local line up
    while read -r line; do
        read -r up _ </proc/uptime
        printf '%8.2f  %s\n' "$up" "$line"
    done
}

prepare
echo "machine: $(uname -r), prepared $(cut -d ' ' -f 1 /proc/uptime) s after power-on"
failed=0
for stage in $(cat /host/stages-to-run); do
    begin=$SECONDS
    echo "== $stage"
    echo "<5>stages: $stage" >/dev/kmsg
    (
        . "/host/stages/$stage.sh"
        quiet_down
        [ "$failures" = 0 ]
    ) 2>&1 | stamped
    [ "${PIPESTATUS[0]}" = 0 ] || failed=$((failed + 1))
    echo "   $stage: $((SECONDS - begin)) s"
done
cp "$heard" /host/out/messages
echo "machine: $failed stage(s) failed; up for $(cut -d ' ' -f 1 /proc/uptime) s"
[ $failed = 0 ]
