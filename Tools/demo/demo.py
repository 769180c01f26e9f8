#!/usr/bin/env python3
"""A whole inspection station on this machine, on loopback only: make demo.

Enrols two support sets of four good pictures each, starts a private mosquitto and assayd on a replay camera, listens
as a customer would, swaps the support set half-way, and ends by itself. Standard library only.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PICTURES = ROOT / "Config" / "demo"
BINARIES = pathlib.Path(os.environ.get("ASSAY_BUILD", ROOT / ".build" / "release"))
STATION, LINE = "demo", "kit"


def say(text):
    print(f"demo: {text}", flush=True)


def fail(text):
    sys.exit(f"demo: {text}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_port(port, process):
    """Waits until somebody listens on the port."""
    limit = time.monotonic() + 10
    while time.monotonic() < limit and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    fail("mosquitto did not start; is it installed? (apt-get install mosquitto)")


def enrol(version, folder):
    """A support set of the four good pictures in one folder."""
    say(f"learning what a good kit is from four pictures (set {version})")
    output = folder / f"kit-{version}"
    pictures = sorted((PICTURES / f"good-{version}").iterdir())
    done = subprocess.run(
        [BINARIES / "assayctl", "enroll", *pictures, "--name", "kit", "--version", version, "--output", output],
        stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        fail("the support set could not be made")
    print("".join(f"  {line}\n" for line in done.stdout.splitlines()), end="", flush=True)
    return output


def lay_out_frames(folder, count):
    """The replay camera's pictures: those of the demo again and again, in the order of their names."""
    folder.mkdir()
    pictures = sorted((PICTURES / "frames").iterdir())
    for index in range(count):
        source = pictures[index % len(pictures)]
        shutil.copyfile(source, folder / f"{index:05d}-{source.name}")


def settings(support_set, frames, port, count):
    # Five seconds or more, so that the second set is checked and in force well before the last frame.
    rate = min(25, max(2, count // 5))
    return f"""station:
  name: {STATION}
workers: 1
mqtt:
  host: 127.0.0.1
  port: {port}
log:
  level: warning
lines:
  {LINE}:
    camera:
      replay: {frames}
      rate: {rate}
      loop: false
      wait: true
    support_set: {support_set}
    method: assay
    overlay: fail
"""


def mosquitto(folder, port):
    config = folder / "mosquitto.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_type error\n")
    program = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
    if not program:
        fail("mosquitto is not installed (apt-get install mosquitto)")
    return subprocess.Popen([program, "-c", config])


def resident_megabytes(process):
    """The largest resident size that a process has had."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def told(verdict):
    """One verdict as one line."""
    number = verdict["seq"]
    score = verdict["score"]
    figures = f"{score:5.2f} (limit {verdict['threshold']:.2f})" if score is not None else " " * 18
    why = " ".join(finding["sentence"] for finding in verdict["findings"][:2]) or ", ".join(verdict["reasons"])
    decision = verdict["decision"].upper().replace("_", " ")
    return f"#{number:<4} {decision:12} {figures}  {why}".rstrip()


def control(runtime, command):
    """One question to the daemon's control socket."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(30)
        client.connect(str(runtime / "control.sock"))
        client.sendall(json.dumps({"command": command}).encode() + b"\n")
        with client.makefile() as answers:
            return json.loads(answers.readline())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=60, help="how many frames to judge (default 60)")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "out" / "demo", help="folder for the overlays")
    options = parser.parse_args()
    if not 8 <= options.frames <= 100_000:
        parser.error("--frames must be 8 to 100000")
    with tempfile.TemporaryDirectory(prefix="assay-demo-") as folder:
        run(options, pathlib.Path(folder))


def run(options, folder):
    sets = [enrol(version, folder) for version in ("1", "2")]
    lay_out_frames(folder / "frames", options.frames)
    port = free_port()
    config = folder / "assay.yaml"
    config.write_text(settings(sets[0], folder / "frames", port, options.frames))
    shutil.rmtree(options.output, ignore_errors=True)
    processes = []
    try:
        broker = mosquitto(folder, port)
        processes.append(broker)
        await_port(port, broker)
        customer = subprocess.Popen(
            [BINARIES / "assayctl", "watch", "--json", "--port", str(port), "--station", STATION,
             "--overlay", options.output], stdout=subprocess.PIPE, text=True)
        processes.append(customer)
        say(f"a broker on port {port}, a station with one camera, {options.frames} frames")
        daemon = subprocess.Popen(
            [BINARIES / "assayd", "--config", config, "--state-dir", folder / "state", "--runtime-dir",
             folder / "run"])
        processes.append(daemon)
        follow(options, folder, config, sets, port, customer, daemon)
    finally:
        for process in reversed(processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def follow(options, folder, config, sets, port, customer, daemon):
    """Prints verdicts until all have come; swaps the set half-way; ends with the figures."""
    verdicts, swapped_at, asked = [], None, False
    for line in customer.stdout:
        message = json.loads(line)
        if message.get("schema") != "assay.verdict/1":
            continue
        if verdicts and message["support_set"]["digest"] != verdicts[-1]["support_set"]["digest"]:
            swapped_at = message["seq"] - verdicts[0]["seq"] + 1
            say(f"from here on support set {message['support_set']['name']}@{message['support_set']['version']}")
        verdicts.append(message)
        print(told(message), flush=True)
        if not asked and len(verdicts) >= options.frames // 2:
            asked = True
            config.write_text(settings(sets[1], folder / "frames", port, options.frames))
            answer = control(folder / "run", "reload")
            if not answer.get("ok"):
                fail(f"the reload was refused: {answer.get('error')}")
        if len(verdicts) >= options.frames:
            break
    if len(verdicts) < options.frames:
        fail("the station ended too early")
    if swapped_at is None:
        fail("the second support set did not come into force before the last frame; try more frames")
    report(options, folder, verdicts, swapped_at, daemon)


def report(options, folder, verdicts, swapped_at, daemon):
    status = control(folder / "run", "status")
    counts = next(line for line in status["lines"] if line["name"] == LINE)["counts"]
    lost = counts["offered"] - counts["skipped"] - counts["judged"]
    memory = resident_megabytes(daemon)
    daemon.send_signal(signal.SIGTERM)
    if daemon.wait(10) != 0:
        fail(f"assayd ended with {daemon.returncode}")
    totals = [verdict["timing_ms"]["total"] for verdict in verdicts]
    say(f"overlays of the frames that failed are in {options.output}")
    say(f"{counts['offered']} frames, {len(verdicts)} verdicts, {lost} lost, swap at {swapped_at}, "
        f"p50 {percentile(totals, 0.5):.0f} ms, p95 {percentile(totals, 0.95):.0f} ms, {memory:.0f} MB")


if __name__ == "__main__":
    main()
