# What stages share; read by them, inside the container.

failures=0

# check NAME COMMAND…: runs the command and says whether it held.
check() {
    local name=$1
    shift
    if "$@"; then
        echo "ok: $name"
    else
        echo "FAILED: $name"
        failures=$((failures + 1))
    fi
}

# soon SECONDS COMMAND…: whether the command holds within the time.
soon() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.05
    done
}

# property UNIT NAME VALUE: whether systemd says so of the unit.
property() { [ "$(systemctl show --value -p "$2" "$1")" = "$3" ]; }

# logged MATCH…: whether the journal has an entry with these fields.
logged() { journalctl --quiet -n 1 -o cat "$@" | grep -q .; }

# field NAME MATCH…: that field of the newest entry with these fields.
field() {
    local name=$1
    shift
    journalctl --quiet -n 1 --output-fields="$name" -o cat "$@"
}
