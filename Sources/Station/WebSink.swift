internal import CCurl
internal import Glibc

/// Takes what a server sends and writes it to a file, up to a limit; used by the one thread that fetches.
final class WebSink {
    private let file: Int32
    private let limit: Int
    private let isCancelled: @Sendable () -> Bool
    private var count = 0

    /// More came than is allowed.
    private(set) var isFull = false

    /// Why the file could not be written.
    private(set) var failure: String?

    init(file: Int32, limit: Int, isCancelled: @escaping @Sendable () -> Bool) {
        self.file = file
        self.limit = limit
        self.isCancelled = isCancelled
    }

    static let write: assay_curl_write = { bytes, size, count, context in
        guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
        let sink = unsafe Unmanaged<WebSink>.fromOpaque(context).takeUnretainedValue()
        return unsafe sink.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    static let watch: assay_curl_progress = { context, _, _, _, _ in
        guard let context = unsafe context else { return 1 }
        return unsafe Unmanaged<WebSink>.fromOpaque(context).takeUnretainedValue().isCancelled() ? 1 : 0
    }

    /// - Returns: how many bytes were taken; fewer than came end the transfer.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count <= limit - count else {
            isFull = true
            return 0
        }
        var done = 0
        while done < bytes.count {
            let written = unsafe Glibc.write(file, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                failure = SystemReason.last
                return 0
            }
            done += written
        }
        count += bytes.count
        return bytes.count
    }
}
