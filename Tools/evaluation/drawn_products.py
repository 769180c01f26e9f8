"""Draws products to evaluate by: good pictures, and pictures with one part wrong.

    drawn_products.py FOLDER SEED FIRST COUNT [GOOD]

Of the scenes FIRST to FIRST + COUNT - 1 of a seed, seen by a camera in a fixture under one lamp, those become products
whose pictures show about the same number of parts, 2 to 40, as many of them cut by the picture's edge: what a station
inspects lies in its picture. Each is a category in the layout `assay`: GOOD (8) good pictures to train, as many to test, and
two changed ones of each kind that the scene allows. What is there already is not drawn again. The seeds of Tools/selection
are not to be used here, and development has looked at seeds 11 and 12.
"""

import json
import pathlib
import sys

import cv2
import numpy

TOOLS = pathlib.Path(__file__).resolve().parent.parent
sys.path += [str(TOOLS / "scenes"), str(TOOLS / "selection")]
from products import FEWEST, MOST, SIDE, objects  # noqa: E402
from scene import Scene  # noqa: E402

# What is told of each change. What lies anywhere may lie elsewhere, and turned; so these two are left out.
KINDS = {"missing": "missing", "extra": "extra", "other": "wrong", "resized": "wrong", "exchanged": "wrong"}
EACH = 2
LEAST_BOX = 12


def box_of(found, numbers):
    boxes = numpy.array([thing["bbox"] for thing in found if thing["id"] in numbers])
    if not boxes.size:
        return None
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(axis=0)
    return [int(left), int(top), int(right - left), int(bottom - top)]


def anomaly(kind, scene, take, picture, found):
    """What is wrong, and a mask of where; None where a person would not see it."""
    _, slot = picture.change.split()
    seen = picture if kind != "missing" else scene.shoot(take)
    parts = {part.number for part in seen.parts if part.slot == int(slot)}
    box = box_of(found if kind != "missing" else objects(seen), parts)
    if box is None or min(box[2:]) < LEAST_BOX:
        return None
    mask = numpy.isin(seen.levels["parts"], list(parts))
    record = {"kind": KINDS[kind], "subtype": kind, "bbox": box, "area": int(mask.sum())}
    return {**record, "instances": [] if kind == "missing" else sorted(parts)}, mask


def cut(found):
    """How many parts reach the picture's edge."""
    return sum(
        min(left, top) <= 1 or max(left + width, top + height) >= SIDE - 1
        for left, top, width, height in (thing["bbox"] for thing in found)
    )


def write(product, split, name, picture, found, anomalies=(), subtype="good"):
    image = {"width": SIDE, "height": SIDE, "file": f"{split}/{name}.jpg"}
    for folder in (product / split, product / "annotations" / split):
        folder.mkdir(parents=True, exist_ok=True)
    record = {"image": image, "objects": found, "anomalies": list(anomalies), "subtype": subtype}
    (product / "annotations" / split / f"{name}.json").write_text(json.dumps(record))
    file = product / split / f"{name}.jpg"
    cv2.imwrite(str(file), picture.pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 93])


def draw(folder, seed, index, good):
    scene = Scene(seed, index, SIDE, is_station=True)
    taken = []
    for take in range(2 * good):
        picture = scene.shoot(take)
        found = objects(picture)
        first = taken[0][1] if taken else found
        if not FEWEST <= len(found) <= MOST or abs(len(found) - len(first)) > 0.1 * len(first):
            return False
        if cut(found) != cut(first):
            return False
        taken.append((picture, found))
    product = folder / f"drawn_{seed}_{index:04d}"
    number = 0
    for kind in KINDS:
        for turn in range(EACH):
            take = 2 * good + number
            picture = scene.shoot(take, kind)
            number += 1
            if not picture.change:
                continue
            found = objects(picture)
            wrong = anomaly(kind, scene, take, picture, found)
            if wrong is None:
                continue
            split, name = "test/logical_anomalies", f"{number - 1:03d}"
            write(product, split, name, picture, found, [wrong[0]], kind)
            truth = product / "ground_truth/logical_anomalies" / name
            truth.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(truth / "000.png"), wrong[1].astype(numpy.uint8) * 255)
    for take, (picture, found) in enumerate(taken):
        write(product, "train/good" if take < good else "test/good", f"{take:03d}", picture, found)
    return True


def main(folder, seed, first, count, good="8"):
    folder = pathlib.Path(folder)
    made = 0
    for index in range(int(first), int(first) + int(count)):
        there = folder / f"drawn_{seed}_{index:04d}" / "test/good" / f"{2 * int(good) - 1:03d}.jpg"
        made += there.exists() or draw(folder, int(seed), index, int(good))
    print(f"{made} products in {folder}")


if __name__ == "__main__":
    main(*sys.argv[1:])
