#!/bin/bash
# The checks of the health probe, run by PID 1's systemd inside the container: probe-stage.sh PROGRAM
. "$(dirname "$0")/stage-checks.sh"
cat >/run/systemd/system/probe.service <<UNIT
[Service]
Type=notify
ExecStart=$1
ExecReload=/bin/bash -c "kill -HUP \$MAINPID"
WatchdogSec=2
Restart=on-watchdog
RestartSec=100ms
DynamicUser=yes
RuntimeDirectory=probe
UNIT
systemctl daemon-reload

# started, restarted and stopped, by the codes of the journal
started=MESSAGE_ID=0eeb5b6df2184e5c8b81f48c4be16f93
withheld=MESSAGE_ID=8567da6bf5034586bc0b6b447e1a57f5

check "systemctl start returns when READY=1 was sent" systemctl start probe
check "the unit is active" property probe ActiveState active
check "the status text arrived" property probe StatusText probing

check "the journal has the event" soon 10 logged _SYSTEMD_UNIT=probe.service $started
check "MESSAGE is readable" test "$(field MESSAGE $started)" = 'Station started code=started lines=two\nlines watchdog="2.0 seconds"'
check "PRIORITY is notice" test "$(field PRIORITY $started)" = 5
check "SYSLOG_IDENTIFIER is the program" test "$(field SYSLOG_IDENTIFIER $started)" = health-probe
check "ASSAY_CODE is the code" test "$(field ASSAY_CODE $started)" = started
check "a value of two lines stays whole" test "$(field ASSAY_LINES $started)" = "$(printf 'two\nlines')"
check "it came by the journal's own protocol" test "$(field _TRANSPORT $started)" = journal
check "CODE_FILE is there" test -n "$(field CODE_FILE $started)"

check "systemctl reload succeeds" systemctl reload probe
check "the status text changed" soon 10 property probe StatusText reloaded
check "still the same process" property probe NRestarts 0

check "fed, it outlives its watchdog" bash -c '. /stage/stage-checks.sh; ! soon 5 property probe NRestarts 1'

touch /run/probe/hang
check "without progress the watchdog restarts it" soon 20 property probe NRestarts 1
check "it said why before" logged $withheld ASSAY_LINE=probe
check "with what stood still" test "$(field ASSAY_STUCK $withheld)" = "line probe is silent"
check "systemd saw the watchdog run out" bash -c 'journalctl -u probe | grep -q "Watchdog timeout"'
rm -f /run/probe/hang
check "it is ready again" soon 20 property probe ActiveState active

check "systemctl stop succeeds" systemctl stop probe
check "the end was clean" property probe Result success
check "the end was told" logged MESSAGE_ID=0584d25242e2420fb7b55f6683175e56

# The same probe in the station's own unit: user, folders, hardening and catalogue.
install_units
mkdir -p /etc/systemd/system/assayd.service.d
cat >/etc/systemd/system/assayd.service.d/probe.conf <<UNIT
[Service]
ExecStart=
ExecStart=$1
ExecReload=
ExecReload=/bin/bash -c "kill -HUP \$MAINPID"
WatchdogSec=2
UNIT
systemctl daemon-reload
check "the station's unit starts" systemctl start assayd
process=$(systemctl show --value -p MainPID assayd)
status() { awk -v key="$1:" '$1 == key { print $2 }' "/proc/$process/status"; }
check "it runs as assay" test "$(stat -c %U "/proc/$process")" = assay
check "it is in the group video" bash -c "grep '^Groups:' /proc/$process/status | grep -qw $(getent group video | cut -d: -f3)"
check "it has no capabilities" test "$(status CapEff)$(status CapBnd)" = 00000000000000000000000000000000
check "it cannot gain privileges" test "$(status NoNewPrivs)" = 1
check "its system calls are filtered" test "$(status Seccomp)" = 2
check "its state folder is its own" test "$(stat -c %U:%a /var/lib/assay)" = assay:750
check "its run-time folder is its own" test "$(stat -c %U:%a /run/assay)" = assay:750
check "reload succeeds under the hardening" systemctl reload assayd
check "the watchdog is fed under the hardening" bash -c '. /stage/stage-checks.sh; ! soon 4 property assayd NRestarts 1'
check "the journal explains the event" bash -c 'journalctl -x -u assayd | grep -q "Its lines and their states are in the status message"'
check "the station's unit stops cleanly" systemctl stop assayd
check "with success" property assayd Result success
check "the run-time folder is gone" test ! -e /run/assay

# Settings that are wrong do not get better by starting again.
printf '[Service]\nType=exec\nExecStart=\nExecStart=/bin/bash -c "exit 3"\n' >/etc/systemd/system/assayd.service.d/probe.conf
systemctl daemon-reload
systemctl start assayd
check "exit 3 is not followed by a restart" soon 10 property assayd ActiveState failed
check "and systemd knows why" property assayd ExecMainStatus 3
check "not even one" property assayd NRestarts 0
[ $failures = 0 ]
