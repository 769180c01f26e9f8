internal import Inference

/// How a network is compiled.
struct RuntimeOptions {
    var precision: Precision

    /// How many requests run side by side, and the threads each may use.
    var requestCount: Int
    var threadsPerRequest: Int

    /// Measures every layer: a little slower, for reports only.
    var isProfiled = false

    /// Keeps compiled networks for the next start; not those of reports.
    var isCached = true

    /// The runtime's properties.
    ///
    /// The precision is always stated: the runtime's default differs from processor to processor. Pinning is always off:
    /// an inference runs on the caller's thread, and pinning would tie that thread to one core for good.
    var properties: [(key: String, value: String)] {
        var list = [
            ("NUM_STREAMS", "\(requestCount)"),
            ("INFERENCE_NUM_THREADS", "\(requestCount * threadsPerRequest)"),
            ("ENABLE_CPU_PINNING", "NO"),
            ("INFERENCE_PRECISION_HINT", precision == .bf16 ? "bf16" : "f32"),
        ]
        if isProfiled { list.append(("PERF_COUNT", "YES")) }
        if isCached, let folder = CacheFolder.compiledNetworks { list.append(("CACHE_DIR", folder)) }
        return list
    }
}
