#!/usr/bin/env bash
# Measures what capture costs, ours and others', over the same camera; prints tables and writes bench-capture.json.
#
#   Tools/bench-capture.sh
#
# FRAMES (150) frames are measured a run, REPEATS (5) runs a program. The peers are Debian's packages, which this script installs.
set -euo pipefail
cd "$(dirname "$0")/.."
peers=(ustreamer ffmpeg gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good)
if ! dpkg-query -W "${peers[@]}" >/dev/null 2>&1; then
    [ "$(id -u)" -eq 0 ] || { echo "bench-capture: as root, run: apt-get install -y ${peers[*]}" >&2; exit 3; }
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${peers[@]}" >/dev/null
fi
Tools/setup.sh build
swift build -c release --explicit-target-dependency-import-check error --product capture-probe
camera=.build/release/preload_camera.so
cc -Wall -Wextra -Werror -shared -fPIC -O2 -o "$camera" Tests/PreloadCamera/preload_camera.c -ldl -lpthread
exec python3 Tools/bench_capture.py .build/release/capture-probe "$camera" bench-capture.json
