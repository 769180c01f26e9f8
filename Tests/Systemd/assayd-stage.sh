#!/bin/bash
# The shipped unit with the real daemon, runtime, model and broker, run inside the container: assayd-stage.sh PROGRAM
#
# Beside PROGRAM lies assayctl. Bound in where a package puts them: /usr/lib/assay, /usr/share/assay/models/default;
# and the pictures of the demo at /demo.
. "$(dirname "$0")/stage-checks.sh"
ln -s "$1" "$(dirname "$1")/assayctl" /usr/bin/
install_units
printf 'u operator - "May ask the station"\nm operator assay\nu visitor - "May not"\n' | systemd-sysusers -

settings=/etc/assay/assay.yaml
started=MESSAGE_ID=0eeb5b6df2184e5c8b81f48c4be16f93
activated=MESSAGE_ID=b26fb61d43544a459393e12b5ae0c0ce
refused=MESSAGE_ID=84efcc12b93c482eb8131c7cc93410bc

# configure SET [RATE]: one line that replays the pictures of the demo, without end.
configure() {
    cat >$settings <<YAML
station: {name: stage}
workers: 1
mqtt: {host: 127.0.0.1}
lines:
  kit:
    camera:
      replay: /demo/frames
      rate: ${2:-5}
      loop: true
      wait: true
    support_set: /etc/assay/$1
    deadline_ms: 60000
YAML
}

# verdicts COUNT: that many verdicts from now on, one a line, as a customer hears them.
verdicts() {
    assayctl watch --json --station stage --count "$1" --timeout 40 >/tmp/heard 2>/tmp/watch-errors || return 1
    grep -F '"schema":"assay.verdict/1"' /tmp/heard
}

# judged_by VERSION: the last of three verdicts names this version of the set; a frame may have been in hand before.
judged_by() { verdicts 3 | tail -1 | grep -qF "\"version\":\"$1\""; }

# within SECONDS COMMAND…: the command succeeds in that time.
within() {
    local limit=$1 begin
    shift
    begin=$(date +%s%N)
    timeout "$limit" "$@" || return 1
    printf '    (%d ms)\n' $((($(date +%s%N) - begin) / 1000000))
}

as() { setpriv --reuid="$1" --regid="$1" --init-groups "${@:2}"; }
journal_tells() { journalctl --quiet --unit=assayd -o cat | grep -qF "$1"; }
pid() { systemctl show --value -p MainPID assayd; }
contains() { grep -qF "$1" "$2"; }

for version in 1 2; do
    assayctl enroll /demo/good-$version/*.jpg --name kit --version $version --output /etc/assay/kit-$version \
        >/tmp/enroll-$version 2>&1 &
    enrolments[version]=$!
done
for version in 1 2; do
    check "support set $version is made of four pictures" wait "${enrolments[version]}"
done

# Settings that are wrong at the start.
configure kit-1 fast
systemctl start assayd 2>/dev/null
check "wrong settings: the daemon ends with 3" soon 10 property assayd ExecMainStatus 3
check "and stays down" property assayd ActiveState failed
check "without one restart" property assayd NRestarts 0
check "the journal names file, line and key" journal_tells "$settings:8: lines.kit.camera.rate: "
systemctl reset-failed assayd

# The start. "systemctl start" returns when READY=1 came.
configure kit-1
check "ready within 15 s" within 15 systemctl start assayd
begin=$SECONDS
first=$(pid)
check "the unit is active" property assayd ActiveState active
check "the status text is there" property assayd StatusText "judging 1 line(s)"
verdicts 4 >/tmp/verdicts
check "verdicts arrive at the broker" test "$(wc -l </tmp/verdicts)" = 4
check "good pictures pass" contains '"decision":"pass"' /tmp/verdicts
check "faulty pictures fail" contains '"decision":"fail"' /tmp/verdicts
check "every frame is judged" bash -c '! grep -q no_verdict /tmp/verdicts'

check "the journal has the start" logged _SYSTEMD_UNIT=assayd.service $started
check "with its code" test "$(field ASSAY_CODE $started)" = started
check "with its priority" test "$(field PRIORITY $started)" = 5
check "and that the set is in force" logged ASSAY_CODE=set_activated ASSAY_LINE=kit $activated
check "which the catalogue explains" bash -c \
    'journalctl -x -u assayd | grep -q "Line kit judges by another support set from this frame on"'

check "it runs as assay" test "$(stat -c %U:%G "/proc/$first")" = assay:assay
check "its state folder is its own" test "$(stat -c %U:%G:%a /var/lib/assay)" = assay:assay:750
check "its run-time folder is its own" test "$(stat -c %U:%G:%a /run/assay)" = assay:assay:750
check "the control socket is for owner and group" \
    test "$(stat -c %U:%G:%a /run/assay/control.sock)" = assay:assay:660
check "compiled networks are kept" bash -c 'ls /var/cache/assay/compiled/*.blob >/dev/null'
check "OpenBLAS keeps no idle threads" bash -c "tr '\\0' '\\n' </proc/$first/environ | grep -qx OPENBLAS_NUM_THREADS=1"

assayctl status >/tmp/status
check "root may ask" contains kit@1 /tmp/status
as operator assayctl status >/tmp/status
check "a member of the group may ask" contains kit@1 /tmp/status
as visitor assayctl status >/tmp/status 2>/tmp/refusal
check "anybody else is refused" test $? = 4
check "and told why" contains "Permission denied" /tmp/refusal

# Reloads.
configure kit-2
check "reload succeeds" systemctl reload assayd
check "the other set judges" judged_by 2
check "the journal tells of the swap" test "$(field ASSAY_CODE $activated)" = set_activated
check "still the same process" test "$(pid)" = "$first"

configure kit-1 fast
check "reload fails for wrong settings" bash -c '! systemctl reload assayd 2>/dev/null'
check "the journal names file, line and key of the refusal" \
    soon 5 bash -c "journalctl -q -n 1 --output-fields=ASSAY_REASON -o cat $refused | grep -qF '$settings:8: lines.kit.camera.rate: '"
check "as a warning" test "$(field PRIORITY $refused)" = 4
assayctl reload 2>/tmp/refusal
check "assayctl reload says 3" test $? = 3
check "with file, line and key" contains "$settings:8: lines.kit.camera.rate: " /tmp/refusal
configure kit-3
check "reload fails for a set that is not there" bash -c '! systemctl reload assayd 2>/dev/null'
check "the set before goes on judging" judged_by 2
check "the unit is active as before" property assayd ActiveState active
check "in the same process" test "$(pid)" = "$first"

configure kit-1
systemctl kill --kill-who=main --signal=HUP assayd
check "SIGHUP reloads too" soon 10 bash -c 'assayctl status | grep -qF kit@1'
configure kit-2
check "and the next reload swaps back" systemctl reload assayd

# The broker goes and comes.
systemctl stop mosquitto
check "the journal tells that the broker is lost" soon 10 logged ASSAY_CODE=broker_lost
systemctl start mosquitto
check "and that it is back" soon 20 logged ASSAY_CODE=broker_back
check "verdicts go on" judged_by 2

# Two and a half times the watchdog's limit.
while [ $((SECONDS - begin)) -lt 26 ]; do sleep 0.5; done
check "the watchdog is fed" property assayd NRestarts 0
check "by the same process" test "$(pid)" = "$first"

# An end without warning.
mosquitto_sub -h 127.0.0.1 -t assay/v1/stage/status >/tmp/states &
subscriber=$!
soon 10 test -s /tmp/states
systemctl kill --signal=KILL assayd
check "the broker says offline for it" soon 10 contains '"state":"offline"' /tmp/states
check "systemd starts it again" soon 20 property assayd NRestarts 1
check "it is ready again" soon 20 property assayd ActiveState active
check "and judges" judged_by 2
kill $subscriber

# The stop.
check "stop within 5 s" within 5 systemctl stop assayd
check "the end was clean" property assayd Result success
check "with status 0" property assayd ExecMainStatus 0
check "the journal has the end" logged ASSAY_CODE=stopped
mosquitto_sub -h 127.0.0.1 -t assay/v1/stage/status -C 1 -W 5 >/tmp/state
check "offline is retained" contains '"state":"offline"' /tmp/state
check "the run-time folder is gone" test ! -e /run/assay

# The broker asks for a password, which the service manager hands over.
printf 'allow_anonymous false\npassword_file /etc/mosquitto/passwords\nlistener 1883 127.0.0.1\n' \
    >/etc/mosquitto/conf.d/password.conf
mosquitto_passwd -b -c /etc/mosquitto/passwords station opensesame
chown mosquitto: /etc/mosquitto/passwords
systemctl restart mosquitto
connected() { assayctl status --json | tr -d ' ' | grep -qF "\"connected\":$1"; }
systemctl start assayd
check "without a password the broker refuses" soon 10 bash -c \
    'assayctl status | grep -qi "does not accept the user name or password"'
check "and there is no connection" connected false
systemctl stop assayd
# As the unit's comments say.
umask 077
echo station >/etc/assay/mqtt-username
echo opensesame | systemd-creds encrypt --with-key=host --name=mqtt-password - /etc/assay/mqtt-password.cred
umask 022
sed -i 's/^#LoadCredential/LoadCredential/' /etc/systemd/system/assayd.service
systemctl daemon-reload
check "the unit's own lines are used" bash -c 'systemctl cat assayd | grep -c ^LoadCredential | grep -qx 2'
check "the unit starts with its credentials" systemctl start assayd
check "the broker accepts them" soon 20 connected true
check "nobody else may read them" bash -c '! setpriv --reuid=operator --regid=operator --init-groups \
    cat /run/credentials/assayd.service/mqtt-password 2>/dev/null'
check "the password is in no environment" bash -c \
    '! grep -qa opensesame "/proc/$(systemctl show --value -p MainPID assayd)/environ"'
check "nor in the journal" bash -c '! journalctl -o cat | grep -qF opensesame'
check "stop succeeds" systemctl stop assayd

if [ $failures != 0 ]; then
    tail -n 20 /tmp/enroll-* /tmp/watch-errors /tmp/verdicts /tmp/state /tmp/states /tmp/status | cut -c 1-600
fi
[ $failures = 0 ]
