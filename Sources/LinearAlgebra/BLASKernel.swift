internal import Glibc

/// Which OpenBLAS kernel a process should run on.
///
/// OpenBLAS 0.3.21 does not know some processors newer than itself and then takes the kernels of a much older one. A
/// product of 4 096 × 152 with 16 384 × 152 values on one Zen 5 core took 511 ms with `Prescott`, 195 ms with `Haswell`
/// and 110 ms with `SkylakeX`. OpenBLAS reads `OPENBLAS_CORETYPE` when it is loaded, so the variable has to be there
/// before the process starts; a fixed value in a service unit would crash on an older machine.
package enum BLASKernel {
    private static let variable = "OPENBLAS_CORETYPE"
    private static let threadVariable = "OPENBLAS_NUM_THREADS"
    private static let guardVariable = "ASSAY_BLAS_KERNEL_CHOSEN"

    /// The kernels for 512-bit vectors.
    private static let wideNames: Set<String> = ["SkylakeX", "Cooperlake", "SapphireRapids"]

    /// The kernels that use no vectors wider than 128 bits.
    private static let slowNames: Set<String> = [
        "Katmai", "Coppermine", "Northwood", "Prescott", "Banias", "Core2", "Penryn", "Dunnington", "Nehalem", "Athlon",
        "Opteron", "Opteron(SSE3)", "Opteron_SSE3", "Barcelona", "Bobcat", "Atom", "Nano", "Generic",
    ]

    /// Starts this program again on a faster kernel if OpenBLAS chose a slow one for this processor.
    ///
    /// The second start also keeps OpenBLAS from creating threads that nothing uses and that spin while idle.
    ///
    /// Call it first thing in `main`, before threads, files or signals. Returns where nothing is to gain, where the
    /// variable is set already, and in the second start. If the program cannot be started again it goes on slowly.
    package static func reexecuteIfSlow() {
        guard unsafe getenv(guardVariable) == nil, unsafe getenv(variable) == nil,
            let name = fasterName(than: BLAS.coreName, processorFlags: processorFlags())
        else { return }
        guard unsafe setenv(guardVariable, "1", 1) == 0, unsafe setenv(variable, name, 1) == 0 else { return }
        unsafe setenv(threadVariable, "1", 0)
        // execv returns only on failure; the choice is taken back so that children do not inherit it.
        // The link's target, not the link, so that the process keeps its name.
        var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        if unsafe readlink("/proc/self/exe", &path, Int(PATH_MAX)) > 0 {
            _ = unsafe execv(path, CommandLine.unsafeArgv)
        }
        unsafe unsetenv(guardVariable)
        unsafe unsetenv(variable)
    }

    /// The kernel to ask for instead of `current` on a processor with these flags; nil to leave things as they are.
    package static func fasterName(than current: String, processorFlags flags: Set<String>) -> String? {
        if wideNames.contains(current) { return nil }
        if flags.isSuperset(of: ["avx512f", "avx512dq", "avx512bw", "avx512vl"]) { return "SkylakeX" }
        return slowNames.contains(current) && flags.isSuperset(of: ["avx2", "fma"]) ? "Haswell" : nil
    }

    /// The `flags` line of `/proc/cpuinfo`; empty where there is none.
    package static func processorFlags() -> Set<String> {
        guard let file = unsafe fopen("/proc/cpuinfo", "re") else { return [] }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 16_384)
        while unsafe fgets(&line, Int32(line.count), file) != nil {
            let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.hasPrefix("flags"), let colon = text.firstIndex(of: ":") else { continue }
            return Set(text[text.index(after: colon)...].split(whereSeparator: \.isWhitespace).map(String.init))
        }
        return []
    }
}
