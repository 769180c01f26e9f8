"""Describes a folder of photographs of four screws in a block for `assayctl evaluate --layout assay`.

The photographs are the training part of the data set `datasets/screws` of
https://github.com/aaronzink/tensorflow-visual-inspection (Apache-2.0). A name like `34_1001.jpg` tells for each place
whether its screw is there; 1111 is good. Every other good photograph, in the order of their numbers, is for enrolment.

Usage: python3 Tools/evaluation/screws_manifest.py FOLDER > screws.csv
"""

import sys
from pathlib import Path


def main():
    folder = Path(sys.argv[1]).resolve()
    pictures = []
    for path in folder.rglob("*_[01][01][01][01].jpg"):
        number, present = path.stem.split("_")
        pictures.append((int(number), present, path))
    print("category,split,type,subtype,image,kinds,objects")
    good = 0
    for number, present, path in sorted(pictures):
        if present == "1111":
            split = "train" if good % 2 == 0 else "test"
            good += 1
            print(f'screws,{split},good,,"{path}",,4')
        else:
            missing = present.count("0")
            print(f'screws,test,logical,{missing} missing,"{path}",{"|".join(["missing"] * missing)},{4 - missing}')


main()
