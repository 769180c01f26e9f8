"""Prints what each ingredient of the judgement brings: the same evaluation with each of them left out or replaced.

Each row is one `assayctl evaluate`; its draws are kept like all others, so an interrupted run goes on where it was.
"Brings" is what the image AUROC loses without the ingredient; with few draws a point or two says nothing.

Usage: python3 Tools/ablation.py DATA [--layout assay] [--shots 4] [--seeds 1] [--category NAME]… [--json FILE]
           [--assayctl .build/release/assayctl]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Method, what it is without, and the change that makes it so. A method's first row is what the others are held against.
ROWS = [
    ("assay", "as it is", []),
    ("assay", "only structural", ["branch=1"]),
    ("assay", "only logical", ["branch=2"]),
    ("assay", "sum of both", ["norm=1"]),
    ("assay", "larger of both", ["norm=100"]),
    ("assay", "without appearance", ["part_appearance=0"]),
    ("assay", "without colour", ["part_colour=0"]),
    ("assay", "with context", ["part_context=1"]),
    ("assay", "without area", ["part_area=0"]),
    ("assay", "without shape", ["part_shape=0"]),
    ("assay", "without length", ["part_length=0"]),
    ("assay", "without outline", ["part_bow=0", "part_threefold=0", "part_fourfold=0"]),
    ("assay", "without position", ["part_position=0"]),
    ("assay", "without kinds", ["kinds=0"]),
    ("assay", "without weights of objects", ["weights=0"]),
    ("assay", "without scales of each object", ["own_scales=0"]),
    ("assay", "without the other images' places", ["partners=0"]),
    ("assay", "without clutter", ["clutter=0"]),
    ("assay", "without lines between kinds", ["lines=0"]),
    ("assay", "without parting of joined things", ["parting=0"]),
    ("assay", "without evidence of places", ["evidence=0"]),
    ("assay", "one limit for all surfaces", ["spread=0"]),
    ("assay", "without search near the place", ["alignment=0"]),
    ("assay", "without views turned", ["turned=0"]),
    ("assay", "with annotated objects", ["annotated=1"]),
    # ObjectCore, Table 3.
    ("objectcore", "as it is", []),
    ("objectcore", "only structural", ["branch=1"]),
    ("objectcore", "only logical", ["branch=2"]),
    ("objectcore", "boxes for masks", ["boxes=1"]),
    ("objectcore", "maximum as score", ["top_fraction=0"]),
    ("objectcore", "top 5 % as score", ["top_fraction=0.05"]),
    # ROMAD, Table 2; its NMS has no row, since the regions of a selection never overlap.
    ("romad", "as it is", []),
    ("romad", "without area", ["romad_area=0"]),
    ("romad", "without context", ["romad_context=0"]),
    ("romad", "without area and context", ["romad_area=0", "romad_context=0"]),
    ("romad", "objects left over cost the least", ["romad_cheapest=1"]),
]

COLUMNS = [
    ("AUROC", ["image_auroc", "all"]),
    ("logical", ["image_auroc", "logical"]),
    ("structural", ["image_auroc", "structural"]),
    ("false alarm", ["calibrated", "false_alarm"]),
    ("miss", ["calibrated", "miss"]),
    ("right", ["findings", "right"]),
]


def figure(figures, path):
    """Percent, or None where there is nothing to measure."""
    for name in path:
        figures = (figures or {}).get(name)
    return None if figures is None else 100 * figures["mean"]


def evaluate(options, method, changes, folder):
    target = Path(folder) / "figures.json"
    command = [
        options.assayctl, "evaluate", options.data, "--layout", options.layout, "--method", method,
        "--shots", str(options.shots), "--seeds", str(options.seeds), "--json", str(target),
    ]
    for name in options.category:
        command += ["--category", name]
    for change in changes:
        command += ["--set", change]
    if options.model:
        command += ["--model", options.model]
    # Progress goes to the terminal; the table of each row is left out.
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return json.loads(target.read_text())


def main():
    parser = argparse.ArgumentParser(description="What each ingredient of the judgement brings.")
    parser.add_argument("data")
    parser.add_argument("--layout", default="assay")
    parser.add_argument("--shots", type=int, default=4)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--category", action="append", default=[])
    parser.add_argument("--method", action="append", default=[], choices=["assay", "objectcore", "romad"])
    parser.add_argument("--model")
    parser.add_argument("--json")
    parser.add_argument("--assayctl", default=str(ROOT / ".build/release/assayctl"))
    options = parser.parse_args()

    results, base = [], {}
    width = max(len(title) for _, title, _ in ROWS) + 2
    for method, title, changes in ROWS:
        if options.method and method not in options.method:
            continue
        try:
            with tempfile.TemporaryDirectory() as folder:
                found = evaluate(options, method, changes, folder)
        except (subprocess.CalledProcessError, OSError) as error:
            sys.exit(f"ablation: {method}, {title}: {error}")
        categories = found["categories"]
        if method not in base:
            base[method] = found["mean"]
            names = "".join(f"{name[:14]:>15}" for name in categories)
            heads = "".join(f"{name:>12}" for name, _ in COLUMNS)
            print(f"\n{method + ', percent':{width}}{heads}{'brings':>9}{names}")
        line = f"{title:{width}}"
        for _, path in COLUMNS:
            value = figure(found["mean"], path)
            line += f"{'–' if value is None else format(value, '.1f'):>12}"
        own, with_all = figure(found["mean"], COLUMNS[0][1]), figure(base[method], COLUMNS[0][1])
        brings = "" if not changes or own is None or with_all is None else f"{with_all - own:+.1f}"
        line += f"{brings:>9}"
        for figures in categories.values():
            value = figure(figures, COLUMNS[0][1])
            line += f"{'–' if value is None else format(value, '.1f'):>15}"
        print(line, flush=True)
        results.append({"method": method, "row": title, "changes": changes, **found})
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=2) + "\n")


main()
