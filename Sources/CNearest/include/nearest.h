#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Rows of floats beside a copy of them in 8 bits, which finds the few rows that can have the largest product with a
/// query; only these are then multiplied as floats.
///
/// The copy is of the rows less their mean: what all have in common needs no digits. For every product the copy gives
/// there is a bound of its error (Cauchy-Schwarz over what rounding left of the two vectors), so no row is passed over
/// that could be the nearest, unless more than `assay_nearest_most` rows come closer to the largest product than that.
typedef struct assay_nearest assay_nearest;

/// Of rows that all might be the nearest, at least half as many as this are multiplied as floats.
enum { assay_nearest_most = 64 };

/// Whether this processor multiplies 8-bit integers fast enough (AVX-512 VNNI).
bool assay_nearest_is_fast(void);

/// The rows' copy in 8 bits; NULL without memory or where such products are not fast.
///
/// - rows: `count` rows of `width` floats, all finite.
/// - strip: 0, or the length of the runs of rows that `assay_nearest_search_near` takes windows of; `count` is a multiple.
/// - reach: of those windows.
assay_nearest *assay_nearest_make(const float *rows, size_t count, size_t width, size_t strip, size_t reach);
void assay_nearest_free(assay_nearest *index);

/// Writes the largest product of each query with any row, by an index without a strip.
///
/// - rows: what the index was made of.
/// - queries: `count` finite rows of the same width.
/// - Returns false without memory.
bool assay_nearest_search(
    const assay_nearest *index, const float *rows, const float *queries, size_t count, float *products);

/// A search in windows: queries lie on a grid of `height` × `width`, rows on one of twice its cells a side for each of
/// some images. A query sees the cells at most the index's reach from twice its place, in every second row from its own,
/// in every image; where it sees none its product is -1.
typedef struct {
    size_t height;
    size_t width;
    size_t images;
    size_t rows;
} assay_nearest_window;

bool assay_nearest_search_near(
    const assay_nearest *index, const float *rows, const float *queries, assay_nearest_window window, float *products);
