"""Finds the nearest rows of a bank with FAISS (IndexFlatIP) and with NumPy, and prints one JSON object for each.

Usage: nearest_peer.py FILE. Started by assay-bench, which describes the file. Each search on one core, in processor time,
the best of as many rounds as take a few seconds; the largest products are written beside the file.
"""

import json
import sys
import time

import faiss
import numpy as np

QUERIES_PER_BLOCK = 256
ROWS_PER_BLOCK = 1024


def with_faiss(queries, bank):
    index = faiss.IndexFlatIP(bank.shape[1])
    index.add(bank)
    return lambda: index.search(queries, 1)[0][:, 0]


def with_numpy(queries, bank):
    def search():
        best = np.full(len(queries), -1, np.float32)
        for first in range(0, len(queries), QUERIES_PER_BLOCK):
            block = slice(first, first + QUERIES_PER_BLOCK)
            for row in range(0, len(bank), ROWS_PER_BLOCK):
                products = queries[block] @ bank[row : row + ROWS_PER_BLOCK].T
                np.maximum(best[block], products.max(axis=1), out=best[block])
        return best

    return search


def main():
    faiss.omp_set_num_threads(1)
    path = sys.argv[1]
    with open(path, "rb") as file:
        query_count, row_count, width = np.fromfile(file, np.int64, 3)
        queries = np.fromfile(file, np.float32, query_count * width).reshape(query_count, width)
        bank = np.fromfile(file, np.float32, row_count * width).reshape(row_count, width)
    for name, prepare in [("FAISS", with_faiss), ("NumPy", with_numpy)]:
        search = prepare(queries, bank)
        best, spent = float("inf"), 0.0
        while spent < 3:
            start = time.process_time()
            products = search()
            took = time.process_time() - start
            best, spent = min(best, took), spent + took
        answer = f"{path}.{name}"
        products.astype(np.float32).tofile(answer)
        print(json.dumps({"name": name, "ms": best * 1000, "products": answer}), flush=True)


main()
