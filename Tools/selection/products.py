"""Draws products to fit the selection of objects to: several pictures each, with the masks of their parts.

    products.py FOLDER SEED FIRST COUNT [PICTURES]

Of the scenes FIRST to FIRST + COUNT - 1 of a seed, those become products whose light stays the same and whose pictures show
about the same number of parts, 2 to 40. Every fourth scene is seen by a camera in a fixture, the others from a little
elsewhere and in another exposure each time. Each is a category in the layout `assay`, of PICTURES (8) good pictures of
512×512, half of them to train and half to test. What is there already is not drawn again.
"""

import json
import pathlib
import sys

import cv2
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "scenes"))
from scene import Scene  # noqa: E402

SIDE = 512
FEWEST, MOST = 2, 40
LEAST_PIXELS = 60


def runs(mask):
    """Lengths of runs of equal pixels, down the columns, from zeros."""
    flat = mask.T.ravel().astype(numpy.uint8)
    ends = numpy.concatenate([[0], numpy.flatnonzero(numpy.diff(flat)) + 1, [flat.size]])
    counts = numpy.diff(ends).tolist()
    return {"size": list(mask.shape), "counts": ([0] if flat[0] else []) + counts}


def objects(picture):
    """The parts that can be seen."""
    found = []
    for part in picture.parts:
        mask = (picture.levels["parts"] == part.number) & ~picture.ignored
        area = int(mask.sum())
        if area < LEAST_PIXELS:
            continue
        ys, xs = numpy.nonzero(mask)
        left, top = int(xs.min()), int(ys.min())
        found.append(
            {
                "id": part.number,
                "class": "heap" if part.is_heap else part.family,
                "bbox": [left, top, int(xs.max()) - left + 1, int(ys.max()) - top + 1],
                "area": area,
                "mask": runs(mask),
            }
        )
    return found


def draw(folder, seed, index, count):
    scene = Scene(seed, index, SIDE, is_station=index % 4 == 0)
    if not scene.is_steady:
        return False
    pictures, found = [], []
    for take in range(count):
        pictures.append(scene.shoot(take))
        found.append(objects(pictures[-1]))
        if not FEWEST <= len(found[-1]) <= MOST or abs(len(found[-1]) - len(found[0])) > 0.1 * len(found[0]):
            return False
    product = folder / f"product_{seed}_{index:04d}"
    for take, picture in enumerate(pictures):
        split = "train/good" if 2 * take < count else "test/good"
        images, annotations = product / split, product / "annotations" / split
        images.mkdir(parents=True, exist_ok=True)
        annotations.mkdir(parents=True, exist_ok=True)
        name = f"{take:03d}"
        image = {"width": SIDE, "height": SIDE, "file": f"{split}/{name}.jpg"}
        record = {"image": image, "objects": found[take], "anomalies": [], "subtype": "good"}
        (annotations / f"{name}.json").write_text(json.dumps(record))
        cv2.imwrite(str(images / f"{name}.jpg"), picture.pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 93])
    return True


def main(folder, seed, first, count, pictures="8"):
    folder = pathlib.Path(folder)
    made = 0
    for index in range(int(first), int(first) + int(count)):
        there = folder / f"product_{seed}_{index:04d}" / "test/good" / f"{int(pictures) - 1:03d}.jpg"
        made += there.exists() or draw(folder, int(seed), index, int(pictures))
    print(f"{made} products in {folder}")


if __name__ == "__main__":
    main(*sys.argv[1:])
