/*
 * The part of OpenVINO's C interface (2026.4) that Assay calls.
 *
 * The library is opened at run time by assay_openvino_load(); nothing is linked. Until that has succeeded, every call
 * returns ASSAY_OPENVINO_NOT_LOADED or does nothing.
 */
#ifndef ASSAY_COPENVINO_H
#define ASSAY_COPENVINO_H

#include <stddef.h>
#include <stdint.h>

#define ASSAY_OPENVINO_VERSION "2026.4.1"

/* Statuses: 0 is success, -1 to -17 are the library's own. */
typedef int32_t ov_status_e;
static const ov_status_e ASSAY_OPENVINO_OK = 0;
static const ov_status_e ASSAY_OPENVINO_NOT_LOADED = -1000;

/* Element types in use. */
typedef uint32_t ov_element_type_e;
static const ov_element_type_e ASSAY_OPENVINO_F32 = 4;

/* What the library made and only the library can look into. */
typedef struct ov_core ov_core_t;
typedef struct ov_model ov_model_t;
typedef struct ov_compiled_model ov_compiled_model_t;
typedef struct ov_infer_request ov_infer_request_t;
typedef struct ov_tensor ov_tensor_t;

typedef struct {
    const char *buildNumber;
    const char *description;
} ov_version_t;

typedef struct {
    int64_t rank;
    int64_t *dims;
} ov_shape_t;

typedef struct {
    int64_t min;
    int64_t max;
} ov_dimension_t;

typedef struct {
    ov_dimension_t rank;
    ov_dimension_t *dims;
} ov_partial_shape_t;

typedef struct {
    const char *key;
    const void *value;
} ov_property_t;

typedef struct {
    uint32_t status; /* 2 is executed */
    int64_t real_time; /* microseconds */
    int64_t cpu_time;
    const char *node_name;
    const char *exec_type;
    const char *node_type;
} ov_profiling_info_t;

typedef struct {
    ov_profiling_info_t *profiling_infos;
    size_t size;
} ov_profiling_info_list_t;

/*
 * Opens the library, once for the process. Looked for in $ASSAY_OPENVINO_DIR, in the set-up's cache, in /usr/lib/assay
 * and where the loader looks by itself. Returns 0 on success; else `problem` says what is missing.
 */
int assay_openvino_load(char *problem, size_t size);

/* The path under which the library was opened; empty before that. */
const char *assay_openvino_path(void);

const char *ov_get_error_info(ov_status_e status);
const char *ov_get_last_err_msg(void); /* to be freed with ov_free */
void ov_free(const char *content);
ov_status_e ov_get_openvino_version(ov_version_t *version);
void ov_version_free(ov_version_t *version);

ov_status_e ov_core_create(ov_core_t **core);
void ov_core_free(ov_core_t *core);
ov_status_e ov_core_read_model_from_memory_buffer(
    const ov_core_t *core, const char *model, size_t length, const ov_tensor_t *weights, ov_model_t **result);
ov_status_e ov_core_compile_model_props(
    const ov_core_t *core, const ov_model_t *model, const char *device, size_t count, const ov_property_t *properties,
    ov_compiled_model_t **result);

ov_status_e ov_model_inputs_size(const ov_model_t *model, size_t *count);
ov_status_e ov_model_reshape_input_by_name(const ov_model_t *model, const char *name, ov_partial_shape_t shape);
void ov_model_free(ov_model_t *model);
ov_status_e ov_partial_shape_create_static(int64_t rank, const int64_t *dims, ov_partial_shape_t *shape);
void ov_partial_shape_free(ov_partial_shape_t *shape);

ov_status_e ov_compiled_model_create_infer_request(const ov_compiled_model_t *model, ov_infer_request_t **request);
ov_status_e ov_compiled_model_get_property(const ov_compiled_model_t *model, const char *key, char **value);
void ov_compiled_model_free(ov_compiled_model_t *model);

ov_status_e ov_infer_request_get_tensor(const ov_infer_request_t *request, const char *name, ov_tensor_t **tensor);
ov_status_e ov_infer_request_infer(ov_infer_request_t *request);
ov_status_e ov_infer_request_get_profiling_info(const ov_infer_request_t *request, ov_profiling_info_list_t *list);
void ov_profiling_info_list_free(ov_profiling_info_list_t *list);
void ov_infer_request_free(ov_infer_request_t *request);

ov_status_e ov_tensor_get_element_type(const ov_tensor_t *tensor, ov_element_type_e *type);
ov_status_e ov_tensor_get_shape(const ov_tensor_t *tensor, ov_shape_t *shape);
ov_status_e ov_shape_free(ov_shape_t *shape);
ov_status_e ov_tensor_data(const ov_tensor_t *tensor, void **data);
void ov_tensor_free(ov_tensor_t *tensor);

#endif
