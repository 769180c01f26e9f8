#include "nearest.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Layout. Rows lie in panels of 32, four values of each row side by side: [group of 4 values][row][value], as unsigned
// bytes with 128 added. Queries lie in blocks of 12 in the same way, as signed bytes. A strip of rows begins a panel.
// Queries of windows lie in blocks of 10; where all that a block sees fits into one panel it has that panel to itself,
// although panels overlap then: bytes are cheaper than products that nobody asks for.
enum { panel_rows = 32, block_queries = 12, near_queries = 10, most = assay_nearest_most };

// Blocks of queries that stay in the second-level cache while the panels pass by.
enum { cached_bytes = 384 * 1024 };

// Above what floats lose in adding up any of the sums here.
static const float rounding = 4e-6f;

struct assay_nearest {
    size_t count, width, groups, strip, reach, panels_a_strip, panels;
    bool is_own;                    // each block of near queries has one panel to itself
    float *centre;
    uint8_t *values;
    float *scales, *terms;          // one a row of a panel
    float *errors, *lengths;        // the largest of each panel
};

typedef struct {
    float upper;
    int32_t row;
} candidate;

// A block of queries while it is searched for, one lane a query. Products are told less the query's product with the
// centre.
typedef struct {
    float scale[16], error[16], length[16], centre[16];
    float lower[16];                // the largest product is at least this
    float least[16];                // what is nearer than the kept ones at least
    int32_t start[16];
    int32_t count[16];
    candidate kept[block_queries][most];
} block;

typedef struct {
    block *blocks;
    int8_t *values;
} block_list;

#if defined(__x86_64__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma")))

static size_t rounded_up(size_t value, size_t unit) { return (value + unit - 1) / unit * unit; }

static void *aligned(size_t bytes) { return aligned_alloc(64, rounded_up(bytes ? bytes : 1, 64)); }

bool assay_nearest_is_fast(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
}

WIDE static float product(const float *a, const float *b, size_t width) {
    __m512 sums[4] = {_mm512_setzero_ps(), _mm512_setzero_ps(), _mm512_setzero_ps(), _mm512_setzero_ps()};
    size_t k = 0;
    for (; k + 64 <= width; k += 64)
        for (int i = 0; i < 4; i++)
            sums[i] = _mm512_fmadd_ps(_mm512_loadu_ps(a + k + 16 * i), _mm512_loadu_ps(b + k + 16 * i), sums[i]);
    for (int i = 0; k < width; k += 16, i++) {
        const __mmask16 mask = width - k >= 16 ? 0xffff : (__mmask16)((1u << (width - k)) - 1);
        sums[i] = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(mask, a + k), _mm512_maskz_loadu_ps(mask, b + k), sums[i]);
    }
    return _mm512_reduce_add_ps(_mm512_add_ps(_mm512_add_ps(sums[0], sums[1]), _mm512_add_ps(sums[2], sums[3])));
}

// A row less the centre in 8 bits; `stride` bytes from one group of 4 to the next.
//
// - offset: added to every byte.
// - Returns what a whole step is worth.
WIDE static float quantise(
    const float *row, const float *centre, size_t width, uint8_t *target, size_t stride, int offset, float *error,
    float *length, int32_t *sum) {
    __m512 largest = _mm512_setzero_ps();
    for (size_t k = 0; k < width; k += 16) {
        const __mmask16 mask = width - k >= 16 ? 0xffff : (__mmask16)((1u << (width - k)) - 1);
        const __m512 value = _mm512_sub_ps(
            _mm512_maskz_loadu_ps(mask, row + k), _mm512_maskz_loadu_ps(mask, centre + k));
        largest = _mm512_max_ps(largest, _mm512_abs_ps(value));
    }
    const float step = _mm512_reduce_max_ps(largest) / 127;
    const __m512 inverse = _mm512_set1_ps(step > 0 ? 1 / step : 0);
    __m512 square = _mm512_setzero_ps(), miss = square;
    __m512i total = _mm512_setzero_si512();
    for (size_t k = 0; k < width; k += 16) {
        const __mmask16 mask = width - k >= 16 ? 0xffff : (__mmask16)((1u << (width - k)) - 1);
        const __m512 value = _mm512_sub_ps(
            _mm512_maskz_loadu_ps(mask, row + k), _mm512_maskz_loadu_ps(mask, centre + k));
        __m512i whole = _mm512_cvtps_epi32(_mm512_mul_ps(value, inverse));
        whole = _mm512_max_epi32(_mm512_min_epi32(whole, _mm512_set1_epi32(127)), _mm512_set1_epi32(-127));
        const __m512 rest = _mm512_fnmadd_ps(_mm512_cvtepi32_ps(whole), _mm512_set1_ps(step), value);
        square = _mm512_fmadd_ps(value, value, square);
        miss = _mm512_fmadd_ps(rest, rest, miss);
        total = _mm512_add_epi32(total, whole);
        uint8_t bytes[16];
        _mm_storeu_si128((__m128i *)bytes, _mm512_cvtepi32_epi8(_mm512_add_epi32(whole, _mm512_set1_epi32(offset))));
        for (size_t i = 0; i < 4 && k + 4 * i < width; i++)
            memcpy(target + (k / 4 + i) * stride, bytes + 4 * i, 4);
    }
    // A little more than the sums say, as they are rounded too.
    *error = 1.0001f * sqrtf(_mm512_reduce_add_ps(miss));
    *length = 1.0001f * sqrtf(_mm512_reduce_add_ps(square));
    *sum = _mm512_reduce_add_epi32(total);
    return step;
}

// Keeps the better half.
static void thin(block *block, int i) {
    candidate *kept = block->kept[i];
    int count = 0;
    for (int c = 0; c < block->count[i]; c++)
        if (kept[c].upper >= block->lower[i]) kept[count++] = kept[c];
    block->count[i] = count;
    if (count <= most / 2) return;
    // The half is found by its sorted values: shell sort, descending.
    for (int gap = most / 2; gap > 0; gap /= 2)
        for (int c = gap; c < count; c++) {
            const candidate moved = kept[c];
            int place = c;
            for (; place >= gap && kept[place - gap].upper < moved.upper; place -= gap) kept[place] = kept[place - gap];
            kept[place] = moved;
        }
    block->count[i] = most / 2;
    block->least[i] = fmaxf(block->least[i], kept[most / 2 - 1].upper);
}

static void keep(block *block, int i, const float *products, uint32_t lanes, float margin, int32_t row) {
    float largest = -FLT_MAX;
    for (uint32_t rest = lanes; rest; rest &= rest - 1) largest = fmaxf(largest, products[__builtin_ctz(rest)]);
    const float lower = fmaxf(block->lower[i], largest - margin);
    block->lower[i] = lower;
    for (uint32_t rest = lanes; rest; rest &= rest - 1) {
        const int lane = __builtin_ctz(rest);
        const float upper = products[lane] + margin;
        if (upper < lower || upper < block->least[i]) continue;
        if (block->count[i] == most) thin(block, i);
        if (upper < block->least[i]) continue;
        block->kept[i][block->count[i]++] = (candidate){upper, row + lane};
    }
}

// The column of a strip that one of its panels begins with; those left of the strip hold no rows.
static ptrdiff_t first_column(const assay_nearest *index, size_t part) {
    return index->is_own ? (ptrdiff_t)(part * 2 * near_queries) - (ptrdiff_t)index->reach
                         : (ptrdiff_t)(part * panel_rows);
}

// One block of queries against one panel.
//
// - queries: how many of the block's places are looked at; known where this is put in.
// - lanes: which rows of the panel each query sees.
__attribute__((always_inline)) WIDE static inline void meet_some(
    const assay_nearest *index, size_t panel, int32_t row, block *block, const int8_t *values, const uint32_t *lanes,
    const int queries) {
    const uint8_t *rows = index->values + panel * index->groups * 4 * panel_rows;
    __m512i sums[block_queries][2];
#pragma clang loop unroll(full)
    for (int i = 0; i < queries; i++) sums[i][0] = sums[i][1] = _mm512_set1_epi32(block->start[i]);
    for (size_t group = 0; group < index->groups; group++) {
        const __m512i low = _mm512_load_si512(rows + group * 4 * panel_rows);
        const __m512i high = _mm512_load_si512(rows + group * 4 * panel_rows + 64);
        const int8_t *query = values + group * 4 * block_queries;
#pragma clang loop unroll(full)
        for (int i = 0; i < queries; i++) {
            int32_t four;
            memcpy(&four, query + 4 * i, 4);
            const __m512i value = _mm512_set1_epi32(four);
            sums[i][0] = _mm512_dpbusd_epi32(sums[i][0], low, value);
            sums[i][1] = _mm512_dpbusd_epi32(sums[i][1], high, value);
        }
    }
    const __m512 scales[2] = {
        _mm512_load_ps(index->scales + panel * panel_rows), _mm512_load_ps(index->scales + panel * panel_rows + 16)};
    const __m512 terms[2] = {
        _mm512_load_ps(index->terms + panel * panel_rows), _mm512_load_ps(index->terms + panel * panel_rows + 16)};
    const __m512 margin = _mm512_fmadd_ps(
        _mm512_load_ps(block->length), _mm512_set1_ps(index->errors[panel]),
        _mm512_fmadd_ps(
            _mm512_load_ps(block->error), _mm512_set1_ps(index->lengths[panel]), _mm512_set1_ps(rounding)));
    float least[16], products[block_queries][panel_rows];
    _mm512_storeu_ps(
        least, _mm512_sub_ps(_mm512_max_ps(_mm512_load_ps(block->lower), _mm512_load_ps(block->least)), margin));
    uint32_t reached[block_queries], any = 0;
#pragma clang loop unroll(full)
    for (int i = 0; i < queries; i++) {
        const __m512 scale = _mm512_set1_ps(block->scale[i]);
        const __m512 low = _mm512_fmadd_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sums[i][0]), scales[0]), scale, terms[0]);
        const __m512 high = _mm512_fmadd_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sums[i][1]), scales[1]), scale, terms[1]);
        _mm512_storeu_ps(products[i], low);
        _mm512_storeu_ps(products[i] + 16, high);
        const __m512 limit = _mm512_set1_ps(least[i]);
        reached[i] = ((uint32_t)_mm512_cmp_ps_mask(low, limit, _CMP_GE_OQ)
            | (uint32_t)_mm512_cmp_ps_mask(high, limit, _CMP_GE_OQ) << 16) & lanes[i];
        any |= reached[i];
    }
    if (!any) return;
    float margins[16];
    _mm512_storeu_ps(margins, margin);
    for (int i = 0; i < queries; i++)
        if (reached[i]) keep(block, i, products[i], reached[i], margins[i], row);
}

WIDE static void meet(
    const assay_nearest *index, size_t panel, int32_t row, block *block, const int8_t *values, const uint32_t *lanes) {
    meet_some(index, panel, row, block, values, lanes, block_queries);
}

WIDE static void meet_near(
    const assay_nearest *index, size_t panel, int32_t row, block *block, const int8_t *values, const uint32_t *lanes) {
    meet_some(index, panel, row, block, values, lanes, near_queries);
}

assay_nearest *assay_nearest_make(const float *rows, size_t count, size_t width, size_t strip, size_t reach) {
    if (!assay_nearest_is_fast() || !count || !width || count > INT32_MAX / 2 || (strip && count % strip)) return NULL;
    assay_nearest *index = calloc(1, sizeof *index);
    if (!index) return NULL;
    index->count = count;
    index->width = width;
    index->groups = (width + 3) / 4;
    index->is_own = strip && reach <= (panel_rows - 2 * near_queries + 1) / 2;
    index->reach = reach;
    if (!strip) strip = count;
    index->strip = strip;
    index->panels_a_strip = index->is_own ? ((strip + 1) / 2 + near_queries - 1) / near_queries
                                          : (strip + panel_rows - 1) / panel_rows;
    index->panels = count / strip * index->panels_a_strip;
    const size_t places = index->panels * panel_rows;
    index->centre = aligned(width * sizeof(float));
    index->values = aligned(places * index->groups * 4);
    index->scales = aligned(places * sizeof(float));
    index->terms = aligned(places * sizeof(float));
    index->errors = aligned(index->panels * sizeof(float));
    index->lengths = aligned(index->panels * sizeof(float));
    if (!index->centre || !index->values || !index->scales || !index->terms || !index->errors || !index->lengths) {
        assay_nearest_free(index);
        return NULL;
    }
    double *sums = calloc(width, sizeof(double));
    if (!sums) {
        assay_nearest_free(index);
        return NULL;
    }
    for (size_t row = 0; row < count; row++)
        for (size_t k = 0; k < width; k++) sums[k] += rows[row * width + k];
    for (size_t k = 0; k < width; k++) index->centre[k] = (float)(sums[k] / (double)count);
    free(sums);
    const float centre_square = product(index->centre, index->centre, width);
    memset(index->values, 128, places * index->groups * 4);
    for (size_t panel = 0; panel < index->panels; panel++) {
        index->errors[panel] = index->lengths[panel] = 0;
        for (size_t lane = 0; lane < panel_rows; lane++) {
            const size_t place = panel * panel_rows + lane;
            const ptrdiff_t column = first_column(index, panel % index->panels_a_strip) + (ptrdiff_t)lane;
            index->scales[place] = 0;
            index->terms[place] = -FLT_MAX;
            if (column < 0 || column >= (ptrdiff_t)strip) continue;
            const float *row = rows + (panel / index->panels_a_strip * strip + (size_t)column) * width;
            float error, length;
            int32_t sum;
            index->scales[place] = quantise(
                row, index->centre, width, index->values + panel * index->groups * 4 * panel_rows + 4 * lane,
                4 * panel_rows, 128, &error, &length, &sum);
            index->terms[place] = product(row, index->centre, width) - centre_square;
            index->errors[panel] = fmaxf(index->errors[panel], error);
            index->lengths[panel] = fmaxf(index->lengths[panel], length + error);
        }
    }
    return index;
}

// Puts some queries into blocks, `each` into one.
static void lay_out(
    const assay_nearest *index, const float *source, size_t count, size_t each, block *blocks, int8_t *values) {
    const size_t bytes = index->groups * 4 * block_queries;
    for (size_t first = 0; first < count; first += each, blocks++, values += bytes) {
        memset(blocks, 0, offsetof(block, kept));
        memset(values, 0, bytes);
        for (size_t i = 0; i < 16; i++) {
            // Lanes without a query keep nothing.
            blocks->least[i] = i < each && first + i < count ? -FLT_MAX : FLT_MAX;
            blocks->lower[i] = -FLT_MAX;
        }
        for (size_t i = 0; i < each && first + i < count; i++) {
            const float *row = source + (first + i) * index->width;
            int32_t sum;
            blocks->scale[i] = quantise(
                row, index->centre, index->width, (uint8_t *)values + 4 * i, 4 * block_queries, 0, &blocks->error[i],
                &blocks->length[i], &sum);
            blocks->start[i] = -128 * sum;
            blocks->centre[i] = product(row, index->centre, index->width);
        }
    }
}

// The largest product with any row that was kept; -1 where none was.
static float best_product(
    const assay_nearest *index, const float *rows, const float *source, const block *block, int i) {
    const candidate *kept = block->kept[i];
    const int count = block->count[i];
    if (count == 0) return -1;
    // The likeliest comes first, so that most of the others need no look.
    int likeliest = 0;
    for (int c = 1; c < count; c++)
        if (kept[c].upper > kept[likeliest].upper) likeliest = c;
    float best = product(source, rows + (size_t)kept[likeliest].row * index->width, index->width);
    for (int c = 0; c < count; c++) {
        if (c == likeliest || kept[c].upper < block->lower[i] || kept[c].upper + block->centre[i] < best) continue;
        best = fmaxf(best, product(source, rows + (size_t)kept[c].row * index->width, index->width));
    }
    return best;
}

static void finish(
    const assay_nearest *index, const float *rows, const float *queries, size_t count, size_t each,
    const block *blocks, float *products) {
    for (size_t i = 0; i < count; i++)
        products[i] = best_product(index, rows, queries + i * index->width, blocks + i / each, (int)(i % each));
}

static bool make_room(const assay_nearest *index, size_t count, block_list *list) {
    list->blocks = aligned(count * sizeof(block));
    list->values = aligned(count * block_queries * index->groups * 4);
    return list->blocks && list->values;
}

static void free_room(block_list *list) {
    free(list->blocks);
    free(list->values);
}

bool assay_nearest_search(
    const assay_nearest *index, const float *rows, const float *queries, size_t count, float *products) {
    const size_t needed = (count + block_queries - 1) / block_queries;
    const size_t bytes = block_queries * index->groups * 4;
    size_t blocks = cached_bytes / (bytes + offsetof(block, kept));
    if (blocks < 1) blocks = 1;
    if (blocks > needed) blocks = needed;
    block_list list;
    const bool has_room = make_room(index, blocks, &list);
    uint32_t lanes[block_queries];
    memset(lanes, 0xff, sizeof lanes);
    for (size_t first = 0; has_room && first < count; first += blocks * block_queries) {
        const size_t here = count - first < blocks * block_queries ? count - first : blocks * block_queries;
        lay_out(index, queries + first * index->width, here, block_queries, list.blocks, list.values);
        for (size_t panel = 0; panel < index->panels; panel++) {
            const int32_t row = (int32_t)(panel * panel_rows);
            for (size_t i = 0; i * block_queries < here; i++)
                meet(index, panel, row, list.blocks + i, list.values + i * bytes, lanes);
        }
        finish(index, rows, queries + first * index->width, here, block_queries, list.blocks, products + first);
    }
    free_room(&list);
    return has_room;
}

// Which columns of one panel of a strip each query of a block sees.
//
// - first: the column of the first query, and `start` that of the panel's first row.
static uint32_t see(
    const assay_nearest *index, assay_nearest_window window, size_t first, ptrdiff_t start, uint32_t *lanes) {
    const ptrdiff_t reach = (ptrdiff_t)index->reach, strip = (ptrdiff_t)index->strip;
    uint32_t any = 0;
    for (size_t i = 0; i < near_queries; i++) {
        lanes[i] = 0;
        if (first + i >= window.width) continue;
        const ptrdiff_t x = (ptrdiff_t)(2 * (first + i));
        ptrdiff_t left = x - reach, right = x + reach + 1;
        if (left < 0) left = 0;
        if (left < start) left = start;
        if (right > strip) right = strip;
        if (right > start + panel_rows) right = start + panel_rows;
        if (left >= right) continue;
        lanes[i] = (uint32_t)(((uint64_t)1 << (right - start)) - ((uint64_t)1 << (left - start)));
        any |= lanes[i];
    }
    return any;
}

bool assay_nearest_search_near(
    const assay_nearest *index, const float *rows, const float *queries, assay_nearest_window window,
    float *products) {
    const size_t blocks = (window.width + near_queries - 1) / near_queries;
    const size_t bytes = block_queries * index->groups * 4;
    const size_t reach = index->reach;
    block_list list;
    const bool has_room = make_room(index, blocks, &list);
    for (size_t y = 0; has_room && y < window.height; y++) {
        const float *source = queries + y * window.width * index->width;
        lay_out(index, source, window.width, near_queries, list.blocks, list.values);
        for (size_t i = 0; i < blocks; i++)
            for (size_t part = 0; part < index->panels_a_strip; part++) {
                // Blocks beyond the strip have no panel of their own.
                if (index->is_own && i < index->panels_a_strip && part != i) continue;
                const ptrdiff_t start = first_column(index, part);
                uint32_t lanes[near_queries];
                if (!see(index, window, i * near_queries, start, lanes)) continue;
                // Rows next to each other hold nearly the same: every second one will do, the query's own included. That
                // comes first and then the nearest: most of the others need no second look when the best is known.
                for (size_t turn = 0; turn <= reach / 2 * 2; turn++) {
                    const size_t away = (turn + 1) / 2 * 2;
                    if (turn % 2 ? away > 2 * y : 2 * y + away >= window.rows) continue;
                    const size_t row = turn % 2 ? 2 * y - away : 2 * y + away;
                    for (size_t image = 0; row < window.rows && image < window.images; image++) {
                        const size_t strip = image * window.rows + row;
                        meet_near(index, strip * index->panels_a_strip + part,
                            (int32_t)(strip * index->strip) + (int32_t)start, list.blocks + i,
                            list.values + i * bytes, lanes);
                    }
                }
            }
        finish(index, rows, source, window.width, near_queries, list.blocks, products + y * window.width);
    }
    free_room(&list);
    return has_room;
}

#else

bool assay_nearest_is_fast(void) { return false; }

assay_nearest *assay_nearest_make(const float *rows, size_t count, size_t width, size_t strip, size_t reach) {
    (void)rows, (void)count, (void)width, (void)strip, (void)reach;
    return NULL;
}

bool assay_nearest_search(
    const assay_nearest *index, const float *rows, const float *queries, size_t count, float *products) {
    (void)index, (void)rows, (void)queries, (void)count, (void)products;
    return false;
}

bool assay_nearest_search_near(
    const assay_nearest *index, const float *rows, const float *queries, assay_nearest_window window,
    float *products) {
    (void)index, (void)rows, (void)queries, (void)window, (void)products;
    return false;
}
#endif

void assay_nearest_free(assay_nearest *index) {
    if (!index) return;
    free(index->centre);
    free(index->values);
    free(index->scales);
    free(index->terms);
    free(index->errors);
    free(index->lengths);
    free(index);
}
