"""Writes small honest inputs for every parser of assay-fuzz: FOLDER/PARSER/NAME.

Where a format is ours it is written here a second time, from its description: what the parser refuses of these, one of
the two has wrong.
"""

import base64
import hashlib
import json
import pathlib
import struct
import sys
import zlib

root = pathlib.Path(__file__).resolve().parents[2]
target = pathlib.Path(sys.argv[1])


def keep(parser, name, content):
    folder = target / parser
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def word(value):
    return struct.pack("<I", value & 0xFFFFFFFF)


def text(value):
    return word(len(value.encode())) + value.encode()


def floats(values):
    return word(len(values)) + struct.pack(f"<{len(values)}f", *values)


CHANNELS, IMAGES = 6, 2

# A test pattern of 16 x 12 pixels in kinds of files that are not written here.
PICTURES = {
    "420.jpg": (
        "/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgEBAQEBAUFBQUFBQYGBgYGBgYGBgYGBgYHBwcICAgHBwcGBgcHCAgICAkJCQgICAgJ"
        "CQoKCgwMCwsODg4RERT/xABoAAEBAAAAAAAAAAAAAAAAAAAHBgEBAQAAAAAAAAAAAAAAAAAAAgMQAAICAQQCAwEBAAAAAAAAAAIB"
        "AwQFEwYSEQAHFCEiMzIRAAIBBAMAAwEAAAAAAAAAAAIBAwYFBBMSERUAIzIU/8AAEQgADAAQAwEiAAIRAAMRAP/aAAwDAQACEQMR"
        "AD8Ahq2Or1PSuJtx6mrfO6djs2xfx8tpRIR+hSEWT76ZdmX310kt7q3PlNse2NtHRKNjfzGLxdmGZEUMkGRmx1KQ+ImDUsUdgzgP"
        "v8n/AKRAyFmGH39YP1rXjPA7ZkiofxhPHEUL1brE+YOxxfJrUfHj3J+n4my7Bo5321HUuZXOmJQy3oZPmRuWnYqDTmglqFJXNQmE"
        "hJiYrmLjBi0x8JqOtcekpsQfI8A6ociS3POKYrepm2GjVy0F33t5I+n18pMEoVrYadvHC4SY0OcQZhpTowysaoFbPplEeBW+HNxA"
        "B7Ccf8g63+Wv/9k="
    ),
    "422.jpg": (
        "/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgEBAQEBAUFBQUFBQYGBgYGBgYGBgYGBgYHBwcICAgHBwcGBgcHCAgICAkJCQgICAgJ"
        "CQoKCgwMCwsODg4RERT/xABtAAEBAAAAAAAAAAAAAAAAAAAHBgEBAQEAAAAAAAAAAAAAAAAAAgAEEAACAgEEAgMBAQAAAAAAAAAC"
        "AQMEBRMGEhEABxQhIjMyEQABAwQBBAMBAQAAAAAAAAACAwQBEQYSBSEVFAATQSUzMhf/wAARCAAMABADASIAAhIAAxIA/9oADAMB"
        "AAIRAxEAPwCGrY6vU9K4m3Hqat87p2OzbF/Hy2lEhH6FIRZPvpl2ZffXSS3urc+U2x7Y20dEo2N/MYvF2YZkRQyQZGbHUpD4iYNS"
        "xR2DOA+/yf8ApEDIWYYff1g/WteM8DtmSKh/GE8cRQvVusT5g7HF8mtR8ePcn6fibLsGjnfbUdS5lc6YlDLehk+ZG5adioNOaCWo"
        "Ulc1CYSEmJiuYuMGLTHwX6iGt/yntY9UrHd6ipRTIyddGhXKac5CchzzAUj48hUK2m1ngrS4uuqXkEHcP2amljXqsgT6IRevspVg"
        "h7j9M/WnSmPig07qWtVXat2y8gG+GgpQmJFb7e8W+tWPH+lkA17Sc5msklEzxx5ouVklad62xvGEmY7Jk3cnqF5gtI1PaMNw5dw0"
        "ZJClCQqn7YKJMpIXK+clKkz5/9k="
    ),
    "palette.png": (
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAMAAABcOc2zAAAACXBIWXMAAAABAAAAAQBPJcTWAAADAFBMVEUAAAAkAABIAABsAACQ"
        "AAC0AADYAAD8AAAAJAAkJABIJABsJACQJAC0JADYJAD8JAAASAAkSABISABsSACQSAC0SADYSAD8SAAAbAAkbABIbABsbACQbAC0"
        "bADYbAD8bAAAkAAkkABIkABskACQkAC0kADYkAD8kAAAtAAktABItABstACQtAC0tADYtAD8tAAA2AAk2ABI2ABs2ACQ2AC02ADY"
        "2AD82AAA/AAk/ABI/ABs/ACQ/AC0/ADY/AD8/AAAAFUkAFVIAFVsAFWQAFW0AFXYAFX8AFUAJFUkJFVIJFVsJFWQJFW0JFXYJFX8"
        "JFUASFUkSFVISFVsSFWQSFW0SFXYSFX8SFUAbFUkbFVIbFVsbFWQbFW0bFXYbFX8bFUAkFUkkFVIkFVskFWQkFW0kFXYkFX8kFUA"
        "tFUktFVItFVstFWQtFW0tFXYtFX8tFUA2FUk2FVI2FVs2FWQ2FW02FXY2FX82FUA/FUk/FVI/FVs/FWQ/FW0/FXY/FX8/FUAAKok"
        "AKpIAKpsAKqQAKq0AKrYAKr8AKoAJKokJKpIJKpsJKqQJKq0JKrYJKr8JKoASKokSKpISKpsSKqQSKq0SKrYSKr8SKoAbKokbKpI"
        "bKpsbKqQbKq0bKrYbKr8bKoAkKokkKpIkKpskKqQkKq0kKrYkKr8kKoAtKoktKpItKpstKqQtKq0tKrYtKr8tKoA2Kok2KpI2Kps"
        "2KqQ2Kq02KrY2Kr82KoA/Kok/KpI/Kps/KqQ/Kq0/KrY/Kr8/KoAAP8kAP9IAP9sAP+QAP+0AP/YAP/8AP8AJP8kJP9IJP9sJP+Q"
        "JP+0JP/YJP/8JP8ASP8kSP9ISP9sSP+QSP+0SP/YSP/8SP8AbP8kbP9IbP9sbP+QbP+0bP/YbP/8bP8AkP8kkP9IkP9skP+QkP+0"
        "kP/YkP/8kP8AtP8ktP9ItP9stP+QtP+0tP/YtP/8tP8A2P8k2P9I2P9s2P+Q2P+02P/Y2P/82P8A/P8k/P9I/P9s/P+Q/P+0/P/Y"
        "/P/8/P+BTFLuAAAAUklEQVR4nGNgYGBntzh+4IC9vYXFjx///zOABI5DBdihAj/gAuxggR9IAgw0EmCX17e3tqzY8ePFhYNHjre7"
        "M7CLm9vZWFgABU4cPHz8uDuGSwHW3lZPQw8rggAAAABJRU5ErkJggg=="
    ),
    "deep.png": (
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAMEAAAAAAeHL4eAAAACXBIWXMAAAABAAAAAQBPJcTWAAAAbklEQVR4nGNgYGRg9HHwcZi6"
        "JtNXVkRW5OHrh6+nrpm6ZtP+Tfv//f33lwGmINMXVYGPA4qCTfsxFfg4wBWAjMOmgIFxqCjwcWiZvuf9jcjdS+Z9nvNj+etN+6vS"
        "nbjVljqHJXAnMYULE1ZAKCQBAhKwLyawhvYAAAAASUVORK5CYII="
    ),
}


def descriptor(seed, context):
    feature = [((seed + i) % 7 - 3) / 4 for i in range(CHANNELS)]
    return (floats(feature) + floats([50, 20, -20, 3, 2, 1]) + floats(feature if context else [])
            + struct.pack("<7f", 0.1, 0.4, 0.5, 0.2, 0.1, 0.3, 0.5)
            + struct.pack("<6f", 0.01, -0.02, 0.03, 0, -0.001, 0.002))


def logical():
    scales = struct.pack("<10f", *range(1, 11))
    content = text("ASYLOGIC") + word(3) + floats([0.1] * CHANNELS) + scales + word(IMAGES)
    for image in range(IMAGES):
        content += text(f"00{image + 1}-good.png") + floats([0.2] * CHANNELS) + word(2)
        for index in range(2):
            content += b"".join(word(v) for v in (16, 12, 4 * index, 2, 3, 2)) + word(6) + bytes([1, 1, 0, 1, 1, 1])
            content += descriptor(index, context=index == 0) + struct.pack("<f", 0.5) + scales
            content += word(index) + word(index) + word(-1)
        content += word(1) + descriptor(5, context=True)
    return content


def structural():
    row = struct.pack("<6f", 1, 0, 0, 0, 0, 0)
    head = b"".join(word(v) for v in (0x53525453, 1, IMAGES, 2, 3, CHANNELS, 2))
    return head.ljust(64, b"\0") + row * (IMAGES * 6 + 2)


def classes():
    names = ["bolt", "clip"]
    for measures in range(1, 40):
        width = CHANNELS + measures + 1
        yield measures, (text("ASYCLASS") + word(1) + word(2) + b"".join(map(text, names)) + floats([0.1] * CHANNELS)
                         + floats([0.0] * measures) + floats([1.0] * measures) + floats([0.01] * 3 * width))


def picture(width=16, height=12):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes((x * 9 + y * 5 + c) & 255 for x in range(width) for c in range(3))
                    for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def manifest(files):
    return json.dumps({
        "schema": "assay.support-set/1", "name": "tray", "version": "1", "created": "2026-01-01T00:00:00Z",
        "k": IMAGES, "model": {"name": "drawn", "digest": "a" * 64, "precision": "fp32"},
        "preprocessing": {"image_width": 64, "image_height": 48, "segmenter_long_side": 64},
        "camera_controls": {"exposure": "100"},
        "calibration": {
            "method": "leave-one-out", "sample_size": 2, "promise": "None.", "structural_level": 0.1,
            "logical_level": 0.5, "methods": {"assay": {
                "threshold": 1.1, "guard_low": 1.05, "guard_high": 1.15, "finding_limit": 0.4, "scores": [0.8, 1]}}},
        "structure": {"aligned": True, "reach": 3},
        "surface": {"height": 1, "width": 2, "cells": "0000ffff"},
        "agreement": {"adapted": 0.9, "unadapted": 0.8, "moderation": 0.5},
        "ignored": [{"x": 0, "y": 0, "width": 8, "height": 8}],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }, indent=1).encode()


def archive(members):
    content = b""
    for name, data in members:
        block = bytearray(512)
        fields = {0: name, 100: "0000644", 108: "0000000", 116: "0000000", 124: f"{len(data):011o}",
                  136: "00000000000", 156: "0", 257: "ustar\x0000", 329: "0000000", 337: "0000000"}
        for start, value in fields.items():
            block[start:start + len(value)] = value.encode()
        block[148:156] = b" " * 8
        block[148:156] = f"{sum(block):06o}\0 ".encode()
        content += bytes(block) + data + bytes(-len(data) % 512)
    return content + bytes(1024)


files = {"images/001-good.png": picture(), "images/002-good.png": picture(8, 8), "logical.bank": logical(),
         "structural.bank": structural()}
head = manifest(files)
signature = f"ed25519:{'0123456789abcdef' * 4} {'0123456789abcdef' * 8}\n".encode()
keep("manifest", "tray", head)
keep("logical", "tray", logical())
keep("structural", "tray", structural())
for count, content in classes():
    keep("classes", str(count), content)
keep("labels", "tray", json.dumps({"schema": "assay.labels/1", "images": {
    "001-good.png": [{"id": "1", "name": "bolt"}, {"id": "2+3"}]}}))
keep("camera", "tray", json.dumps({
    "schema": "assay.camera-record/1", "camera": {"id": "serial", "name": "Drawn"},
    "frame": {"format": "yuyv", "width": 64, "height": 48}, "region": {"x": 0, "y": 0, "width": 32, "height": 32},
    "controls": {"exposure": 100}}))
keep("archive", "tray", archive([("manifest.json", head)] + sorted(files.items())))
keep("archive", "signed", archive([("manifest.json", head), ("signature", signature)] + sorted(files.items())))
small = manifest({"logical.bank": b"bank", "structural.bank": b""})
for parser in ("archive", "mended"):
    keep(parser, "small", archive([("manifest.json", small), ("logical.bank", b"bank"), ("structural.bank", b"")]))
keep("signature", "tray", signature)
keep("key", "tray", signature.split(b" ")[0] + b"\n")
keep("key", "remark", b"# plant\n" + signature.split(b" ")[0] + b"\n")

example = (root / "Config/assay.yaml").read_text()
keep("settings", "example", example)
keep("settings", "short", "lines:\n  a:\n    camera: {replay: /tmp/a.png, rate: 2}\n    trigger: {mode: timer, interval_ms: 50}\n")
keep("settings", "anchors", "a: &a [1, 2]\nlines: {b: &b {camera: *a}, c: *b}\n")
keep("objects", "tray", "pictures:\n  \"1.png\":\n    found: 5\n    merge: [[3, 4]]\n    split: {8: 2, 9: [[1, 2], [3, 4]]}\n"
     "    drop: [9]\n    keep: [5]\n    names: {1: long bolt, 3+4: clip}\nignore: [[0, 40, 12, 8]]\n")

commands = [
    {"line": "tray"}, {"id": "0190", "line": "tray", "metadata": {"part": [1, 2.5e3, None, True, "\u00e9\n"]}},
    {"id": "1", "set": "tray@2", "digest": "a" * 64, "source": "https://plant/sets", "deadline": "2026-01-01T00:00:00Z"},
    {"line": "tray", "verdict": "0190", "mark": "escape", "deadline_ms": 500},
]
for index, command in enumerate(commands):
    keep("command", str(index), json.dumps(command))
    keep("json", str(index), json.dumps(command, ensure_ascii=index % 2 == 0))
for command in ("status", "reload", "inspect", "support-set/prepare"):
    keep("control", command.replace("/", "-"), json.dumps({"command": command, "line": "tray", "verdict": "0190"}))
keep("json", "deep", "[" * 70 + "]" * 70)
keep("json", "numbers", "[0,-0,1e5,-1.25E-9,1e999,123456789012345678901234567890,\"\\ud83d\\ude00\\u0000\"]")

keep("picture", "small.png", picture())
for name, encoded in PICTURES.items():
    keep("picture", name, base64.b64decode(encoded))
    keep("frame", name, bytes([21, 8, 4]) + base64.b64decode(encoded))
for kind in range(22):
    keep("frame", str(kind), bytes([kind, 0, 0]) + bytes(range(256)) * 3)

keep("model", "tiny", """{
 "schema": "assay.model/1",
 "name": "tiny",
 "version": "1",
 "networks": [
  {
   "role": "features",
   "name": "tiny-features",
   "licence": "Apache-2.0",
   "origin": "not trained",
   "doubts": "",
   "precision": "int8",
   "floatSides": [],
   "files": [
    {
     "precision": "int8",
     "path": "features.int8.onnx",
     "sha256": "c6e966b7b79f0f70470aca3038cd4894ba858ebe76398dd6881aa477847e85bc",
     "bytes": 11571
    }
   ],
   "input": {
    "name": "x",
    "channelOrder": "RGB",
    "layout": "NCHW",
    "fit": "aspect",
    "multipleOf": 32,
    "mean": [
     0.5,
     0.5,
     0.5
    ],
    "deviation": [
     0.5,
     0.5,
     0.5
    ],
    "longSides": [
     128
    ],
    "defaultLongSide": 128
   },
   "outputs": [
    {
     "name": "stride8",
     "role": "level",
     "stride": 8,
     "channelCount": 16
    },
    {
     "name": "stride16",
     "role": "level",
     "stride": 16,
     "channelCount": 24
    }
   ],
   "parity": {}
  },
  {
   "role": "parts",
   "name": "tiny-parts",
   "licence": "Apache-2.0",
   "origin": "not trained",
   "doubts": "",
   "precision": "int8",
   "floatSides": [],
   "files": [
    {
     "precision": "int8",
     "path": "parts.int8.onnx",
     "sha256": "3a4783a1da3bef45342bd2032ef16e1868c20518d68e08b7697e37b94922c3f6",
     "bytes": 2636
    }
   ],
   "input": {
    "name": "x",
    "channelOrder": "RGB",
    "layout": "NCHW",
    "fit": "aspect",
    "multipleOf": 32,
    "mean": [
     0.5,
     0.5,
     0.5
    ],
    "deviation": [
     0.5,
     0.5,
     0.5
    ],
    "longSides": [
     128
    ],
    "defaultLongSide": 128
   },
   "outputs": [
    {
     "name": "maps",
     "role": "partMaps",
     "stride": 2,
     "channelCount": 3,
     "channels": [
      "object",
      "boundary",
      "distance"
     ],
     "values": "logits"
    }
   ],
   "parity": {}
  }
 ]
}""")
polygon = [1.0, 1.0, 9.0, 1.0, 9.0, 7.5, 2.0, 8.0]
keep("annotations", "tray", json.dumps({"schema": "assay.annotations/1", "pictures": [{
    "file": "1.png", "width": 64, "height": 48, "objects": [
        {"class": "bolt", "box": [1, 1, 8, 8]},
        {"class": "clip", "mask": {"size": [48, 64], "counts": [10, 20, 3042]}}]}]}))
for name, shape in {"polygon": [polygon], "runs": {"size": [48, 64], "counts": [10, 20, 3042]},
                    "packed": {"size": [48, 64], "counts": "52203mm09"}}.items():
    keep("coco", name, json.dumps({
        "images": [{"id": 1, "file_name": "1.png", "width": 64, "height": 48}],
        "categories": [{"id": 3, "name": "bolt"}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 1, 8, 8], "segmentation": shape,
                         "iscrowd": 0}]}))
keep("yolo", "box", "0 0.5 0.5 0.2 0.2\n1 0.1 0.1 0.9 0.1 0.9 0.9\n")
keep("labelme", "tray", json.dumps({"imagePath": "1.png", "imageWidth": 64, "imageHeight": 48, "shapes": [
    {"label": "bolt", "shape_type": "polygon", "points": [[1, 1], [9, 1], [9, 9]]},
    {"label": "clip", "shape_type": "rectangle", "points": [[1, 1], [9, 9]]},
    {"label": "nut", "shape_type": "circle", "points": [[20, 20], [25, 20]]}]}))
