"""A contact sheet of pictures with the outlines of their labels, for looking at.

sheet.py OUT.png [SEED] [FIRST] [COUNT] [COLUMNS] [plain]
"""

import sys

import cv2
import numpy

import scene

COLOURS = {
    "carriers": (255, 120, 0),
    "cells": (160, 90, 200),
    "heaps": (0, 160, 255),
    "grains": (255, 255, 0),
    "parts": (0, 255, 0),
    "prints": (255, 0, 255),
}


def borders(numbers):
    edge = numpy.zeros(numbers.shape, bool)
    edge[:, 1:] |= numbers[:, 1:] != numbers[:, :-1]
    edge[1:] |= numbers[1:] != numbers[:-1]
    return edge


def outlined(picture, scale=1):
    pixels = cv2.resize(picture.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    for level, colour in COLOURS.items():
        numbers = cv2.resize(picture.levels[level], pixels.shape[1::-1], interpolation=cv2.INTER_NEAREST)
        edge = borders(numbers)
        pixels[edge] = (0.4 * pixels[edge] + 0.6 * numpy.array(colour)).astype(numpy.uint8)
    return pixels


def sheet(pictures, columns, tile, plain=False):
    rows = []
    for start in range(0, len(pictures), columns):
        tiles = [
            cv2.resize(p.pixels if plain else outlined(p), (tile, tile), interpolation=cv2.INTER_AREA)
            for p in pictures[start : start + columns]
        ]
        tiles += [numpy.zeros((tile, tile, 3), numpy.uint8)] * (columns - len(tiles))
        rows.append(numpy.hstack(tiles))
    return numpy.vstack(rows)


def main(out, seed=1, first=0, count=24, columns=6, *words):
    pictures = [scene.picture(int(seed), i) for i in range(int(first), int(first) + int(count))]
    cv2.imwrite(out, sheet(pictures, int(columns), 1560 // int(columns), "plain" in words)[..., ::-1])


if __name__ == "__main__":
    main(*sys.argv[1:])
