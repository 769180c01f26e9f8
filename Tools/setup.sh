#!/bin/bash
# Installs what building and running need: Debian packages, the inference runtime, the Python tools, the model bundle.
#
#   Tools/setup.sh [build | run | bench | scenes | train]
#
#   build   the Debian packages only
#   run     these, and under ${ASSAY_CACHE:-${XDG_CACHE_HOME:-~/.cache}/assay} everything else (the default)
#   bench   these, and what the benchmark is compared with
#   scenes  these, and a Python of its own with what drawing training pictures needs
#   train   these, and PyTorch beside it
#
# Silent when everything is in place. Exit codes: 0 done; 3 Debian packages are missing and we are not root; 1 anything else.
set -euo pipefail

tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$tools")
cache=${ASSAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/assay}
openvino=2026.4.1
aim=${1:-run}

packages=(
    g++ git make pkg-config python3 python3-venv python3-pip fonts-dejavu-core mosquitto mosquitto-clients
    libv4l-dev libopenblas-dev libsystemd-dev libmosquitto-dev libssl-dev libturbojpeg0-dev libpng-dev libfreetype-dev libudev-dev
    libsqlite3-dev libcurl4-openssl-dev
)

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

install_packages() {
    command -v dpkg-query >/dev/null || fail "this is not a Debian system; install by hand: ${packages[*]}"
    local missing=() package
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null || true)
    for package in "${packages[@]}"; do
        grep -qxF "installed $package" <<<"$installed" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ]; then
        say "Debian packages are missing; as root, run:"
        echo "apt-get install -y --no-install-recommends ${missing[*]}" >&2
        exit 3
    fi
    say "installing Debian packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# The digest of the files that decide what a part of the cache looks like.
digest() { cat "$@" | sha256sum | cut -d ' ' -f 1; }

# is_current NAME DIGEST: the part was made from these inputs and is still there.
is_current() { [ -e "$cache/$1" ] && [ "$(cat "$cache/stamps/$1" 2>/dev/null)" = "$2" ]; }

# put NAME DIGEST: the finished folder $making becomes the part; an interruption leaves the old one or none.
put() {
    rm -f "$cache/stamps/$1"
    mkdir -p "$(dirname "$cache/$1")" "$(dirname "$cache/stamps/$1")"
    if [ -e "$cache/$1" ]; then mv "$cache/$1" "$cache/.making-old-$$"; fi
    mv "$making" "$cache/$1"
    rm -rf "$cache/.making-old-$$"
    echo "$2" >"$cache/stamps/$1"
}

start_making() { making=$(mktemp -d "$cache/.making-XXXXXX"); chmod 755 "$making"; }

find_python() {
    local candidate
    for candidate in /usr/bin/python3 python3.11 python3; do
        if command -v "$candidate" >/dev/null \
            && "$candidate" -c 'import sys, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    fail "no Python 3.11 with its venv module was found; the pinned packages are for Debian 12's python3"
}

pip() { "$python" -m pip --disable-pip-version-check --no-input --quiet "$@"; }

# fetch NAME REQUIREMENTS: one wheel into downloads/NAME, its digest checked by pip.
fetch() {
    local wanted
    wanted=$(digest "$tools/$2")
    is_current "downloads/$1" "$wanted" && return
    say "fetching $1"
    start_making
    pip download --no-deps --only-binary=:all: --require-hashes -d "$making" -r "$tools/$2"
    put "downloads/$1" "$wanted"
}

make_python() {
    local wanted base
    wanted=$(digest "$tools/requirements.txt")
    if ! is_current python "$wanted" || ! "$cache/python/bin/python" -c '' 2>/dev/null; then
        base=$(find_python)
        say "installing the Python tools"
        start_making
        "$base" -m venv "$making"
        python=$making/bin/python
        pip install --only-binary=:all: --require-hashes -r "$tools/requirements.txt"
        put python "$wanted"
    fi
    python=$cache/python/bin/python
}

make_runtime() {
    local wanted part=openvino-$openvino
    wanted=$(digest "$tools/requirements-openvino.txt" "$tools/unpack_runtime.py")
    if ! is_current "$part" "$wanted"; then
        fetch openvino requirements-openvino.txt
        say "unpacking the inference runtime"
        start_making
        "$python" "$tools/unpack_runtime.py" "$cache"/downloads/openvino/*.whl "$making"
        put "$part" "$wanted"
    fi
}

make_models() {
    local wanted part=models/default
    wanted=$(cd "$root" && digest Tools/models/*.py Tools/requirements.txt Tools/requirements-openvino.txt $(find Config/models -type f ! -name '*.md' | LC_ALL=C sort) \
        $(find Config/demo -type f -name '*.jpg' 2>/dev/null | LC_ALL=C sort))
    if ! is_current "$part" "$wanted"; then
        fetch openvino requirements-openvino.txt
        if ! "$python" -c 'import openvino' 2>/dev/null; then
            pip install --no-deps --no-index "$cache"/downloads/openvino/*.whl
        fi
        say "making the model bundle"
        start_making
        PYTHONDONTWRITEBYTECODE=1 "$python" "$tools/models/make_bundle.py" \
            "$root/Config/models/partnet/partnet.onnx" "$making/bundle" "$root/Config/demo" >&2
        mv "$making/bundle" "$making-bundle"
        rmdir "$making"
        making=$making-bundle
        put "$part" "$wanted"
    fi
}

make_bench() {
    local wanted
    wanted=$(digest "$tools/requirements-bench.txt" "$tools/requirements.txt")
    [ "$(cat "$cache/stamps/bench" 2>/dev/null)" = "$wanted" ] && "$python" -c 'import faiss, lap' 2>/dev/null && return
    say "installing what the benchmark is compared with"
    pip install --no-deps --only-binary=:all: --require-hashes -r "$tools/requirements-bench.txt"
    echo "$wanted" >"$cache/stamps/bench"
}

make_scenes() {
    local wanted base
    wanted=$(digest "$tools/requirements-scenes.txt")
    is_current training "$wanted" && "$cache/training/bin/python" -c '' 2>/dev/null && return
    base=$(find_python)
    say "installing what drawing training pictures needs"
    start_making
    "$base" -m venv "$making"
    "$making/bin/python" -m pip --disable-pip-version-check --no-input --quiet install \
        --only-binary=:all: --require-hashes -r "$tools/requirements-scenes.txt"
    put training "$wanted"
}

make_training() {
    local wanted
    wanted=$(digest "$tools/requirements-train.txt" "$tools/requirements-scenes.txt")
    [ "$(cat "$cache/stamps/training-torch" 2>/dev/null)" = "$wanted" ] \
        && "$cache/training/bin/python" -c 'import torch' 2>/dev/null && return
    say "installing what training needs"
    "$cache/training/bin/python" -m pip --disable-pip-version-check --no-input --quiet install \
        --only-binary=:all: --require-hashes -r "$tools/requirements-train.txt"
    echo "$wanted" >"$cache/stamps/training-torch"
}

case $aim in
    build | run | bench | scenes | train) ;;
    *) fail "unknown aim '$aim'; one of build, run, bench, scenes, train" ;;
esac

install_packages
[ "$aim" = build ] && exit 0

mkdir -p "$cache/stamps"
exec 9>"$cache/.lock"
if ! flock -n 9; then
    say "waiting for another set-up to end"
    flock 9
fi
# What an interrupted set-up left; we hold the lock, so no one is at it.
rm -rf "$cache"/.making-*

make_python
make_runtime
make_models
[ "$aim" = bench ] && make_bench
[ "$aim" = scenes ] && make_scenes
[ "$aim" = train ] && make_scenes && make_training
exit 0
