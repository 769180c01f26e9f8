import Glibc
import Testing

/// A file in a directory of its own.
enum TemporaryFile {
    static func write(_ bytes: [UInt8], name: String) throws -> String {
        var template = [CChar]("/tmp/assay-imaging-XXXXXX".utf8CString)
        let isMade = unsafe mkdtemp(&template) != nil
        try #require(isMade)
        let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = directory + "/" + name
        let file = try unsafe #require(fopen(path, "wb"))
        let written = unsafe fwrite(bytes, 1, bytes.count, file)
        unsafe fclose(file)
        try #require(written == bytes.count)
        return path
    }

    static func remove(_ path: String) {
        unsafe unlink(path)
        if let slash = path.lastIndex(of: "/") { unsafe rmdir(String(path[..<slash])) }
    }
}
