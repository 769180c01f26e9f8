# What stages share; read by them, inside the container.

# install_units: what is in Systemd/, where a package would put it.
install_units() {
    cp /units/assayd.service /etc/systemd/system/
    cp /units/assay.sysusers /usr/lib/sysusers.d/assay.conf
    cp /units/assay.tmpfiles /usr/lib/tmpfiles.d/assay.conf
    mkdir -p /usr/lib/systemd/catalog
    cp /units/assay.catalog /usr/lib/systemd/catalog/
    systemd-sysusers assay.conf && systemd-tmpfiles --create assay.conf && journalctl --update-catalog
    systemctl daemon-reload
}

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
