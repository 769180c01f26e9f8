internal import Glibc
internal import LinearAlgebra

/// What the processor and its libraries can do.
enum MachineChecks {
    static var all: [DoctorFinding] {
        let flags = processorFlags
        return [processor(flags), kernel(flags)]
    }

    private static func processor(_ flags: Set<String>) -> DoctorFinding {
        let known = ["avx2", "fma", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8"].filter(flags.contains)
        let list = known.isEmpty ? "none of avx2, avx512, vnni" : known.joined(separator: " ")
        guard flags.contains("avx2") else {
            return .warning("processor      \(list)", "judging will be several times slower than on one with AVX2")
        }
        return .ok("processor      \(list)")
    }

    private static func kernel(_ flags: Set<String>) -> DoctorFinding {
        let name = BLAS.coreName
        guard let faster = BLASKernel.fasterName(than: name, processorFlags: flags) else {
            return .ok("BLAS kernel    \(name)")
        }
        return .warning(
            "BLAS kernel    \(name), though this processor can do \(faster)",
            "assayd changes to \(faster) by itself at its start; other programs: OPENBLAS_CORETYPE=\(faster)")
    }

    private static var processorFlags: Set<String> {
        guard let file = unsafe fopen("/proc/cpuinfo", "re") else { return [] }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 16_384)
        while unsafe fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard text.hasPrefix("flags"), let colon = text.firstIndex(of: ":") else { continue }
            return Set(text[text.index(after: colon)...].split { $0 == " " || $0 == "\n" }.map(String.init))
        }
        return []
    }
}
