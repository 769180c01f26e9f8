internal import Glibc

/// A program that has a device open, as `/proc` tells.
package struct NodeHolder: Equatable, Sendable {
    package let name: String
    package let process: Int32

    /// Those other than `own`; empty where `/proc` does not show other users' processes.
    package static func holders(of device: String, besides own: Int32? = nil) -> [NodeHolder] {
        var wanted = stat()
        guard unsafe stat(device, &wanted) == 0 else { return [] }
        return entries(of: "/proc").compactMap { entry in
            guard let process = Int32(entry), process != own, has(process, open: wanted) else { return nil }
            return NodeHolder(name: name(of: process), process: process)
        }
    }

    package var wording: String { "\(name) (process \(process))" }

    private static func has(_ process: Int32, open wanted: stat) -> Bool {
        let folder = "/proc/\(process)/fd"
        let isDevice = wanted.st_mode & S_IFMT == S_IFCHR
        return entries(of: folder).contains { number in
            var held = stat()
            guard unsafe stat("\(folder)/\(number)", &held) == 0 else { return false }
            // One device may have several nodes in the file system.
            if isDevice { return held.st_mode & S_IFMT == S_IFCHR && held.st_rdev == wanted.st_rdev }
            return held.st_dev == wanted.st_dev && held.st_ino == wanted.st_ino
        }
    }

    private static func name(of process: Int32) -> String {
        guard let file = unsafe fopen("/proc/\(process)/comm", "re") else { return "a program" }
        defer { _ = unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 64)
        guard unsafe fgets(&line, Int32(line.count), file) != nil else { return "a program" }
        let bytes = line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x3F : $0 }, as: UTF8.self)
    }

    private static func entries(of folder: String) -> [String] {
        guard let opened = unsafe opendir(folder) else { return [] }
        defer { _ = unsafe closedir(opened) }
        var names: [String] = []
        while let entry = unsafe readdir(opened) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name.first?.isNumber == true { names.append(name) }
        }
        return names
    }
}
