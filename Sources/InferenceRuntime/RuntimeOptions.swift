internal import Inference

/// How a network is compiled.
struct RuntimeOptions {
    var precision: Precision

    /// Threads that one inference may use.
    var threadCount: Int

    /// Measures every layer: a little slower, for reports only.
    var isProfiled = false

    /// Keeps compiled networks for the next start; not those of reports.
    var isCached = true

    /// The runtime's properties.
    ///
    /// The precision is always stated: the runtime's default differs from processor to processor.
    ///
    /// One stream: an inference runs on the caller's thread then. With several the runtime hands each to a thread of
    /// its own, and what two callers lose while these wake on each other's cores is a tenth of their frames. Pinning is
    /// always off: it would tie the caller's thread to one core for good.
    var properties: [(key: String, value: String)] {
        var list = [
            ("NUM_STREAMS", "1"),
            ("INFERENCE_NUM_THREADS", "\(threadCount)"),
            ("ENABLE_CPU_PINNING", "NO"),
            ("INFERENCE_PRECISION_HINT", precision == .bf16 ? "bf16" : "f32"),
        ]
        if isProfiled { list.append(("PERF_COUNT", "YES")) }
        if isCached, let folder = CacheFolder.compiledNetworks { list.append(("CACHE_DIR", folder)) }
        return list
    }
}
