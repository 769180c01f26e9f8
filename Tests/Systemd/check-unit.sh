#!/bin/bash
# Checks what is in Systemd/ with systemd's own tools; needs no running systemd.
#   1. the unit has no mistakes, 2. its exposure is at most LIMIT (tenths), 3. the message catalogue can be compiled,
#   4. sysusers and tmpfiles are accepted.
set -euo pipefail
LIMIT=17
cd "$(dirname "$0")/../../Systemd"
for tool in systemd-analyze journalctl systemd-sysusers systemd-tmpfiles; do
    command -v "$tool" >/dev/null || { echo "check-unit: $tool is missing; apt-get install systemd" >&2; exit 1; }
done
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

# A root of its own, with stand-ins for the two programs, so that every complaint is about our unit.
mkdir -p "$root"/{usr/bin,usr/lib/systemd/system,usr/lib/systemd/catalog,usr/lib/sysusers.d,usr/lib/tmpfiles.d}
mkdir -p "$root"/{etc,var/lib/systemd/catalog}
for program in assayd assayctl; do printf '#!/bin/true\n' >"$root/usr/bin/$program"; chmod 755 "$root/usr/bin/$program"; done
cp /lib/systemd/system/{modprobe@.service,*.target} "$root/usr/lib/systemd/system/"
cp assayd.service "$root/usr/lib/systemd/system/"
complaints=$(systemd-analyze verify --man=no --root="$root" assayd.service 2>&1 | grep -E 'assayd' || true)
[ -z "$complaints" ] || { echo "check-unit: $complaints" >&2; exit 1; }
echo "check-unit: verify: no complaints"

report=$(systemd-analyze security --no-pager --offline=yes --threshold=$LIMIT "$PWD/assayd.service") || {
    echo "$report" | grep -v '✓' >&2
    echo "check-unit: the unit is more exposed than $LIMIT tenths" >&2
    exit 1
}
echo "check-unit: $(echo "$report" | grep -o 'Overall exposure.*[0-9.]\+ [A-Z]*')"

cp assay.catalog "$root/usr/lib/systemd/catalog/"
journalctl --root="$root" --update-catalog
found=$(journalctl --root="$root" --list-catalog 2>/dev/null | grep -c . || true)
expected=$(grep -c '^-- ' assay.catalog)
[ "$found" = "$expected" ] || { echo "check-unit: $found of $expected catalogue entries were taken" >&2; exit 1; }
echo "check-unit: catalogue: $found entries"

cp assay.sysusers "$root/usr/lib/sysusers.d/assay.conf"
printf 'root:x:0:0:root:/root:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\nvideo:x:44:\n' >"$root/etc/group"
systemd-sysusers --root="$root" assay.conf
grep -q '^assay:' "$root/etc/passwd" || { echo "check-unit: the user assay was not made" >&2; exit 1; }
grep -q '^video:.*assay' "$root/etc/group" || { echo "check-unit: assay is not in the group video" >&2; exit 1; }
cp assay.tmpfiles "$root/usr/lib/tmpfiles.d/assay.conf"
systemd-tmpfiles --root="$root" --create assay.conf
[ -d "$root/etc/assay/assay.d" ] || { echo "check-unit: /etc/assay/assay.d was not made" >&2; exit 1; }
echo "check-unit: sysusers and tmpfiles: accepted"
