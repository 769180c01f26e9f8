"""What is left of a disk after a power cut, and whether what was heard and told adds up.

    power_cut.py replay DISK LOG SEED    brings DISK, as it was before, to what LOG says; 0 loses all it may
    power_cut.py check HEARD TOLD CUTS
"""

import json
import random
import struct
import sys

SECTOR = 512
# As the kernel's dm-log-writes has them.
MAGIC, FLUSH, DISCARD = 0x6A736677736872, 1, 4


def entries(log):
    """(offset, bytes or None for a flush), in order, as far as QEMU came."""
    log.seek(0)
    magic, version, _, size = struct.unpack("<QQQI", log.read(28))
    if (magic, version, size) != (MAGIC, 1, SECTOR):
        sys.exit("power_cut: the log is none of QEMU's")
    place = 1
    while True:
        log.seek(place * SECTOR)
        sector, count, flags, _ = struct.unpack("<QQQQ", log.read(32))
        if not count and not flags & FLUSH:
            return
        if flags & DISCARD:
            sys.exit("power_cut: a discard, which the machine is not offered")
        place += 1
        if count:
            log.seek(place * SECTOR)
            yield sector * SECTOR, log.read(count * SECTOR)
            place += count
        if flags & FLUSH:
            yield 0, None


def replay(disk_path, log_path, seed):
    coin = random.Random(seed)
    pending, durable, kept, lost, flushes = [], 0, 0, 0, 0
    with open(disk_path, "r+b") as disk, open(log_path, "rb") as log:

        def write(offset, data):
            disk.seek(offset)
            disk.write(data)

        for offset, data in entries(log):
            if data is not None:
                pending.append((offset, data))
                continue
            flushes += 1
            durable += len(pending)
            for each in pending:
                write(*each)
            pending = []
        for each in pending:
            if seed and coin.random() < 0.5:
                write(*each)
                kept += 1
            else:
                lost += 1
    print(f"power cut: {flushes} flushes, {durable} writes before the last; after it {lost} lost, {kept} kept")
    if not flushes or not durable:
        sys.exit("power_cut: the disk was not used")


def check(heard_path, told_path, cuts):
    problems, contents, highest, late = [], {}, {}, 0
    boots = set()
    with open(heard_path) as heard:
        for line in heard:
            entry = json.loads(line)
            topic, message = entry["topic"], entry["message"]
            if not topic.endswith(("/verdict", "/event")):
                continue
            number = message["seq"]
            before = contents.setdefault(topic, {}).get(number)
            if before is not None:
                if before != message:
                    problems.append(f"{topic} {number} has two contents: {before} and {message}")
                continue
            last, dropped = highest.get(topic, 0), message.get("dropped_before") or 0
            if number != last + 1 + dropped:
                problems.append(f"{topic} {number} after {last} announces {dropped}")
            late += bool(message["historical"])
            boots.add(message["boot"])
            contents[topic][number] = message
            highest[topic] = max(last, number)
    told = 0
    with open(told_path) as lines:
        for line in lines:
            words = line.split()
            if len(words) != 3 or words[1] == "null":
                continue
            told += 1
            message = contents.get(f"assay/v1/vm/{words[0]}/verdict", {}).get(int(words[1]))
            if message is None:
                problems.append(f"{line.strip()} was told and never heard")
            elif message["id"] != words[2]:
                problems.append(f"{line.strip()} was told, and {message['id']} has its number")
    count = sum(len(each) for each in contents.values())
    print(f"power cut: {count} messages of {len(boots)} runs heard, {late} of them late; {told} numbers were told")
    if len(boots) != cuts + 1 or not late or told < 3 * (cuts + 1):
        problems.append("too little happened")
    for problem in problems[:20]:
        print(f"FAILED: {problem[:400]}")
    sys.exit(1 if problems else 0)


if sys.argv[1] == "replay":
    replay(sys.argv[2], sys.argv[3], int(sys.argv[4]))
else:
    check(sys.argv[2], sys.argv[3], int(sys.argv[4]))
