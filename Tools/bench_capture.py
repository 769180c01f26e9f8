#!/usr/bin/env python3
"""Processor time of capture, ours and others', over the preloaded camera.

    bench_capture.py PROBE CAMERA.so OUTPUT.json

Every program runs in turn over the same V4L2 device, which lives in its process and hands out frames at a fixed rate.
Buffers are filled once and handed out as they are, so that the camera's own cost is that of the calls a program makes.
The time is user and system time of the whole process (getrusage), all threads, from the 30th frame on: starting up is
not in it. The programs of a row take turns, REPEATS times, so that whatever else the machine does falls on all of them;
what counts is the median, and its spread stands beside it. The row is held when ours is at or below the best peer.

  captured  frames are taken and handed on as they came: ours to a worker's thread that lets go of them, ffmpeg -c copy
            to the null muxer and GStreamer to fakesink, both within the thread that captures, ustreamer without clients
            (it passes MJPEG through; YUYV it encodes to JPEG)
  decoded   each frame becomes a picture of RGB bytes: ours into one that is used again, ffmpeg to rawvideo rgb24,
            GStreamer by jpegdec and videoconvert; ustreamer has nothing like it
"""
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile

probe, camera, output = sys.argv[1:4]
FRAMES = int(os.environ.get("FRAMES", "150"))
REPEATS = int(os.environ.get("REPEATS", "5"))
FIRST, RATE = 30, 30
# Some programs look whether the path is a character device; this one is, and nothing else opens it.
DEVICE = "/dev/full"
SOURCES = {"MJPEG 1080p": ("MJPG", 1920, 1080), "YUYV 720p": ("YUYV", 1280, 720)}


def picture(path, width, height, extra):
    """Shapes and noise, as a camera sees them."""
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=size={width}x{height}:rate=1,noise=alls=8",
         "-frames:v", "1", *extra, path], check=True)


def commands(fourcc, width, height):
    size, is_jpeg = f"{width}x{height}", fourcc == "MJPG"
    ours = [probe, f"device={DEVICE}", f"format={'mjpeg' if is_jpeg else 'yuyv'}", f"width={width}", f"height={height}",
            f"rate={RATE}", "limit=600000"]
    ffmpeg = ["ffmpeg", "-nostdin", "-loglevel", "error", "-f", "v4l2", "-input_format", "mjpeg" if is_jpeg else "yuyv422",
              "-video_size", size, "-framerate", str(RATE), "-i", DEVICE]
    kind = "image/jpeg" if is_jpeg else "video/x-raw,format=YUY2"
    gst = ["gst-launch-1.0", "-q", "v4l2src", f"device={DEVICE}", "!",
           f"{kind},width={width},height={height},framerate={RATE}/1", "!"]
    decoder = ["jpegdec", "!"] if is_jpeg else []
    return {
        "captured": {
            "ours": [*ours, "bench=encoded"],
            "ustreamer": ["ustreamer", f"--device={DEVICE}", f"--format={'MJPEG' if is_jpeg else 'YUYV'}",
                          f"--resolution={size}", f"--desired-fps={RATE}", "--host=127.0.0.1", "--port=18765",
                          "--encoder=" + ("HW" if is_jpeg else "CPU")],
            "ffmpeg": [*ffmpeg, "-c", "copy", "-f", "null", "-"],
            "gstreamer": [*gst, "fakesink", "sync=false"],
        },
        "decoded": {
            "ours": [*ours, "bench=decoded"],
            "ffmpeg": [*ffmpeg, "-c:v", "rawvideo", "-pix_fmt", "rgb24", "-fps_mode", "passthrough", "-f", "null", "-"],
            "gstreamer": [*gst, *decoder, "videoconvert", "!", "video/x-raw,format=RGB", "!", "fakesink", "sync=false"],
        },
    }


def measured(command, fourcc, width, height, frames, folder):
    """Seconds of processor time for 1000 frames, and how many frames the program missed; None if it did not get that far."""
    result = os.path.join(folder, "measured")
    environment = dict(
        os.environ, LD_PRELOAD=os.path.abspath(camera), PRELOAD_CAMERA_DEVICE=DEVICE, PRELOAD_CAMERA_STILL="yes",
        PRELOAD_CAMERA_MODES=f"{fourcc}:{width}:{height}:{RATE}", PRELOAD_CAMERA_FRAMES=frames,
        PRELOAD_CAMERA_MEASURE=f"{FIRST}:{FIRST + FRAMES}:{result}", GST_REGISTRY_FORK="no")
    if os.path.exists(result):
        os.remove(result)
    log = os.path.join(folder, "log")
    with open(log, "w") as errors:
        process = subprocess.Popen(command, env=environment, stdout=errors, stderr=errors)
        try:
            process.wait(timeout=(FIRST + FRAMES) / RATE * 4 + 20)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
    if not os.path.exists(result):
        print(open(log).read()[-600:], file=sys.stderr)
        return None
    microseconds, lost = map(int, open(result).read().split())
    return microseconds / 1000 / FRAMES, lost


def row(programs, fourcc, width, height, frames, folder):
    """What each program cost in each of its turns, and the frames it missed in all; nothing where one did not run."""
    costs, missed = {name: [] for name in programs}, dict.fromkeys(programs, 0)
    for _ in range(REPEATS):
        for name, command in programs.items():
            result = measured(command, fourcc, width, height, frames, folder)
            if result:
                costs[name].append(result[0])
                missed[name] += result[1]
    return costs, missed


entries, failures = [], []
with tempfile.TemporaryDirectory() as folder:
    for source, (fourcc, width, height) in SOURCES.items():
        frames = os.path.join(folder, fourcc)
        picture(frames, width, height, ["-q:v", "3", "-pix_fmt", "yuvj422p", "-f", "mjpeg"] if fourcc == "MJPG"
                else ["-pix_fmt", "yuyv422", "-f", "rawvideo"])
        for aim, programs in commands(fourcc, width, height).items():
            title = f"{source}, {aim}"
            costs, missed = row(programs, fourcc, width, height, frames, folder)
            failures += [f"{title}: {name} did not run" for name, values in costs.items() if len(values) < REPEATS]
            medians = {name: statistics.median(values) for name, values in costs.items() if values}
            best = min((name for name in medians if name != "ours"), key=medians.get, default=None)
            print(f"\n{title}: processor seconds for 1000 frames, median of {REPEATS} (least to most)")
            for name, median in medians.items():
                ratio = median / medians["ours"] if "ours" in medians else float("nan")
                print(f"  {name:10} {median:8.3f}   ({min(costs[name]):.3f} to {max(costs[name]):.3f})   "
                      f"{ratio:6.2f} of ours   {missed[name]} frames missed")
                entries.append({"source": source, "aim": aim, "program": name, "seconds_per_1000": median,
                                "least": min(costs[name]), "most": max(costs[name]), "ratio": ratio,
                                "missed": missed[name]})
            if "ours" in medians and best and medians["ours"] > medians[best]:
                failures.append(f"{title}: {best} is cheaper than ours")
json.dump({"frames": FRAMES, "repeats": REPEATS, "rate": RATE, "entries": entries}, open(output, "w"), indent=2)
print(f"\nwritten: {output}")
for failure in failures:
    print(f"not held: {failure}", file=sys.stderr)
sys.exit(bool(failures))
