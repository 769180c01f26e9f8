internal import Glibc

/// The bytes of a file, mapped read-only for as long as this value lives.
///
/// The file must not shrink while it is mapped: the daemon therefore maps only its own copy of a set.
@safe package final class MappedFile: @unchecked Sendable {
    // unsafe: the mapping is read-only and lives until deinit.
    private let base: UnsafeRawPointer
    package let byteCount: Int

    package init(path: String) throws(SupportSetError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(errno: errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .unreadable(path: path, reason: String(errno: errno))
        }
        guard status.st_size > 0 else { throw .damaged(path: path, problem: "the file is empty") }
        byteCount = Int(status.st_size)
        let mapping = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else {
            throw .unreadable(path: path, reason: String(errno: errno))
        }
        unsafe base = UnsafeRawPointer(mapping)
    }

    deinit {
        unsafe munmap(UnsafeMutableRawPointer(mutating: base), byteCount)
    }

    /// Gives the memory of the pages that lie wholly in a range back; read again, they come from the file again.
    func letGo(of range: Range<Int>) {
        let page = Int(getpagesize())
        let start = (range.lowerBound + page - 1) / page * page
        let end = range.upperBound == byteCount ? byteCount : range.upperBound / page * page
        guard start < end else { return }
        // A refusal only costs memory.
        _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_DONTNEED)
    }

    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe body(UnsafeRawBufferPointer(start: base, count: byteCount))
    }
}

extension String {
    /// The system's text for an error number.
    init(errno code: Int32) {
        unsafe self = strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
