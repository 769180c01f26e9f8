internal import Glibc

/// What the kernel says about this process and this box.
enum ProcessFacts {
    /// Bytes of memory in use by this process; 0 where `/proc` does not say.
    static var residentBytes: UInt64 {
        // statm(5): total and resident pages first
        let numbers = text(of: "/proc/self/statm").split(separator: " ")
        guard numbers.count > 1, let pages = UInt64(numbers[1]) else { return 0 }
        return pages * UInt64(max(1, sysconf(Int32(_SC_PAGESIZE))))
    }

    /// Degrees Celsius by the name of the thermal zone; empty where there are none.
    static var temperatures: [String: Double] {
        var temperatures: [String: Double] = [:]
        for number in 0..<32 {
            let zone = "/sys/class/thermal/thermal_zone\(number)"
            guard let value = Int(text(of: zone + "/temp").trimmed) else { continue }
            let name = text(of: zone + "/type").trimmed
            temperatures["\(name.isEmpty ? "zone" : name)_\(number)"] = Double(value) / 1000
        }
        return temperatures
    }

    /// The first 4 kB of a small file; empty when it cannot be read.
    private static func text(of path: String) -> String {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}

extension String {
    fileprivate var trimmed: String { String(prefix { !$0.isNewline }) }
}
