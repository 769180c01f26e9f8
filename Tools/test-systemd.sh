#!/usr/bin/env bash
# Tests the service under a real systemd, in a container: what Health gives, then the shipped unit with the real daemon,
# runtime, model and broker. Root only; makes no change to this machine but for missing Debian packages and the cache.
#
# ASSAY_BUILD            the folder of the built programs, default .build/release; what is missing there is built
# ASSAY_REQUIRE_SYSTEMD  1: it is a failure when a container is not possible here
set -euo pipefail
umask 022
cd "$(dirname "$0")/.."
root=$PWD
cache=${ASSAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/assay}
build=${ASSAY_BUILD:-$root/.build/release}

# skip WHY: the end when a container is not possible.
skip() {
    echo "SKIPPED: the tests under a real systemd: $1" >&2
    [ "${ASSAY_REQUIRE_SYSTEMD:-0}" != 1 ] || exit 1
    exit 0
}

[ "$(id -u)" = 0 ] || skip "they need root, to make namespaces and mounts"
command -v dpkg-query >/dev/null || skip "this is not a Debian system"
missing=()
for package in systemd-container mmdebstrap; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "test-systemd: installing Debian packages: ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; } </dev/null \
        || skip "${missing[*]} cannot be installed"
fi

Tools/setup.sh
for program in assayd assayctl health-probe; do
    [ -x "$build/$program" ] && continue
    [ -z "${ASSAY_BUILD:-}" ] || { echo "test-systemd: $build has no $program" >&2; exit 1; }
    swift build -c release --explicit-target-dependency-import-check error --product "$program"
done
runtime=$(printf '%s\n' "$cache"/openvino-*/lib | sort -V | tail -1)

# One Debian for both stages, with what a package of Assay would depend on.
export ASSAY_PACKAGES="libfreetype6 libmosquitto1 libopenblas0-pthread libpng16-16 libsqlite3-0 libturbojpeg0 mosquitto \
mosquitto-clients"
# A hang ends the container; a slow machine does not.
export ASSAY_LIMIT=${ASSAY_LIMIT:-240}

# stage PROGRAM SCRIPT
stage() {
    local status=0
    echo "== $2"
    Tests/Systemd/run.sh "$build/$1" "Tests/Systemd/$2" </dev/null || status=$?
    case $status in
        0) ;;
        77) skip "see above" ;;
        *) exit "$status" ;;
    esac
}

stage health-probe probe-stage.sh
export ASSAY_BIND="$runtime:/usr/lib/assay
$cache/models/default:/usr/share/assay/models/default
$root/Config/demo:/demo"
stage assayd assayd-stage.sh
