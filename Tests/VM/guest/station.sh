# What the stages say of the station and its cameras; read by them, inside the machine.
#
# The station's name is vm, its settings come from `configure`, its messages are in $heard: one a line, with the time at
# which they were heard and their topic. Limits of time are for an emulated processor, five times those of a real one.
. /host/guest/stage-checks.sh
heard=/tmp/heard
settings=/etc/assay/assay.yaml
mark=0
mark_line=1

# Detecting a fault, and judging again once its cause is gone.
notice_limit=5
return_limit=10

prepare() {
    mount -t ext4 -o ro /dev/vdb /opt/station
    printf '/opt/station/swift\n/opt/station/host-lib\n' >/etc/ld.so.conf.d/station.conf
    ldconfig
    ln -s /opt/station/bin/* /usr/bin/
    ln -s /opt/station/lib /usr/lib/assay
    ln -s /host/units /units
    install_units
    systemctl start mosquitto
    : >$heard
    soon 20 mosquitto_pub -h 127.0.0.1 -t stages -m '"ready"'
    # Times as the machine has them; a message is one JSON value, so that this makes one too.
    stdbuf -oL mosquitto_sub -h 127.0.0.1 -q 1 -t '#' -F '{"at":%U,"topic":"%t","message":%p}' >>$heard &
}

# configure: takes the lines' section from standard input, indented by two.
configure() {
    cat >$settings - <<YAML
station: {name: vm}
workers: ${workers:-1}
model: /opt/station/model
mqtt: {host: 127.0.0.1}
health: {interval_s: 2}
lines:
YAML
    cat >>$settings
}

# now: what is heard and told from here on counts.
now() {
    mark=$EPOCHREALTIME
    mark_line=$(($(wc -l <$heard) + 1))
}

# hear SECONDS TOPIC FILTER: within the time comes, or since the last `now` has come, a message for which the filter
# holds, on a topic with this end. Prints how long after that it came; the message is then in /tmp/message.
hear() {
    local limit=$1 topic=$2 filter=$3
    gojq -c --argjson mark "$mark" --arg topic "$topic" -n \
        "first(inputs | select(.topic | endswith(\$topic)) | select(.message | $filter)) |
        ((.at - \$mark) * 1000 | floor), .message" \
        < <(exec timeout "$limit" tail -n "+$mark_line" -f $heard 2>/dev/null) >/tmp/found
    { read -r after && read -r found; } </tmp/found || return 1
    echo "$found" >/tmp/message
    echo "    ($after ms)"
}

# message FILTER: the filter holds for the message last heard.
message() { gojq -e "$1" /tmp/message >/dev/null; }

# silent TOPIC FILTER: no such message has come since the last `now`.
silent() {
    ! tail -n "+$mark_line" $heard 2>/dev/null | gojq -enR --arg topic "$1" \
        "first(inputs | fromjson? | select(.topic | endswith(\$topic)) | select(.message | $2))" >/dev/null
}

# all TOPIC FILTER: the filter holds for every such message since the last `now`.
all() { silent "$1" "($2) | not"; }

# told CODE [FIELD=VALUE]…: the journal has this event since the last `now`.
told() {
    local code=$1
    shift
    soon 5 logged --since "@$mark" "ASSAY_CODE=$code" "$@"
}

judged='.decision != "no_verdict"'
pid() { systemctl show --value -p MainPID assayd; }

# judges LINE [SECONDS]: a verdict on a frame that could be judged is heard from now on.
judges() { hear "${2:-$return_limit}" "$1/verdict" "$judged"; }

# apply: starts the station with the settings as they are now, or has it read them again.
apply() { systemctl reload-or-restart assayd; }

# Two cameras, each with the inputs of a webcam and of HDMI; they may be there already, as a stage before left them.
load_vivid() { modprobe vivid n_devs=2 node_types=0x1,0x1 num_inputs=2,2 input_types=0xc,0xc vid_cap_nr=10,20; }
vivid_one=/dev/video10
# Its pictures are none of the set's, and some of its patterns stand still.
any_picture="image: {frozen_after_ms: 0, exposure_limit: 0, colour_limit: 0}"
vivid_two=/dev/video20

# inject CAMERA CONTROL[=VALUE]: sets a control of vivid's fault injection.
inject() {
    local setting=$2
    [[ $setting == *=* ]] || setting+==1
    now
    v4l2-ctl -d "$1" -c "$setting"
}

# plug SERIAL PORT PICTURES…: the USB camera, known by its serial; `tell_camera` speaks with it.
plug() {
    local serial=$1 port=$2
    shift 2
    modprobe -a vhci_hcd uvcvideo
    now
    systemd-run --quiet --collect --unit="usb-camera-$serial" usb-camera "$serial" "$port" "/run/$serial" "$@"
}
tell_camera() {
    now
    echo "$2" >"/run/$1"
}
usb_path() { echo "/dev/v4l/by-id/usb-Testworks_UVC_Test_Camera_$1-video-index0"; }

# quiet_down: the end of a stage.
quiet_down() { systemctl stop 'usb-camera-*' 2>/dev/null; }
