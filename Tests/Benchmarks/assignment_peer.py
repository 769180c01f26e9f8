"""Times SciPy's linear_sum_assignment and lap.lapjv on the matrices of a file and prints one JSON object for each.

Started by assay-bench, which describes the file. Timing: the call alone, repeated for a few milliseconds, best of five.
"""

import json
import struct
import sys
import time

import lap
import numpy as np
from scipy.optimize import linear_sum_assignment


def best_ms(solve, costs):
    repeats = max(1, 400_000 // costs.size)
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(repeats):
            solve(costs)
        best = min(best, time.perf_counter() - start)
    return best / repeats * 1000


def main():
    with open(sys.argv[1], "rb") as file:
        (count,) = struct.unpack("<q", file.read(8))
        for _ in range(count):
            (side,) = struct.unpack("<q", file.read(8))
            costs = np.frombuffer(file.read(side * side * 8)).reshape(side, side).copy()
            result = {
                "scipy_total": costs[linear_sum_assignment(costs)].sum(),
                "lap_total": lap.lapjv(costs)[0],
                "scipy_ms": best_ms(linear_sum_assignment, costs),
                "lap_ms": best_ms(lap.lapjv, costs),
            }
            print(json.dumps({key: float(value) for key, value in result.items()}), flush=True)


main()
