internal import CCurl
internal import Glibc
internal import Synchronization

/// Fetches one file from a server, and nothing that was not asked for: http and https alone, https checked, never from
/// https to http, no more bytes than allowed, and not at a drip.
struct WebFetch: Sendable {
    /// Below it a server counts as stalled, in bytes a second.
    private static let leastPace = 1024

    /// No fetch takes longer.
    private static let mostTime = Duration.seconds(3600)
    private static let mostRedirects = 5

    let byteLimit: Int
    let connectTimeout: Duration
    let stallTimeout: Duration

    /// Certificates of the authorities; nil for the system's.
    let authorities: String?

    /// Names and passwords, in a file as curl's netrc.
    let credentials: String?

    /// Whether the station is about to stop.
    let isCancelled: @Sendable () -> Bool

    /// Blocks until the file is at `path`, whole; on an error nothing is there.
    func fetch(_ address: String, to path: String) throws(WebFetchError) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .unwritable(path: path, reason: SystemReason.last) }
        defer { close(file) }
        do throws(WebFetchError) {
            try transfer(address, into: WebSink(file: file, limit: byteLimit, isCancelled: isCancelled))
            guard fsync(file) == 0 else { throw .unwritable(path: path, reason: SystemReason.last) }
        } catch {
            _ = unsafe unlink(path)
            throw error
        }
    }

    /// Asks whether a file is there, and fetches nothing of it.
    func look(at address: String) throws(WebFetchError) {
        let sink = WebSink(file: -1, limit: 0, isCancelled: isCancelled)
        try transfer(address, into: sink, isBodyWanted: false)
    }

    private func transfer(
        _ address: String, into sink: WebSink, isBodyWanted: Bool = true
    ) throws(WebFetchError) {
        Self.prepareLibrary()
        guard let handle = unsafe curl_easy_init() else {
            throw .failed(address: address, reason: "out of memory")
        }
        defer { unsafe curl_easy_cleanup(handle) }
        // unsafe: the sink lives until the end of this function, the handle no longer
        let context = unsafe Unmanaged.passUnretained(sink).toOpaque()
        defer { withExtendedLifetime(sink) {} }
        let schemes = address.hasPrefix("https://") ? "https" : "http,https"
        var codes = unsafe [
            assay_curl_text(handle, CURLOPT_URL, address),
            assay_curl_text(handle, CURLOPT_PROTOCOLS_STR, schemes),
            assay_curl_text(handle, CURLOPT_REDIR_PROTOCOLS_STR, schemes),
            assay_curl_text(handle, CURLOPT_USERAGENT, "assayd"),
            assay_curl_number(handle, CURLOPT_FOLLOWLOCATION, 1),
            assay_curl_number(handle, CURLOPT_MAXREDIRS, Self.mostRedirects),
            assay_curl_number(handle, CURLOPT_SSL_VERIFYPEER, 1),
            assay_curl_number(handle, CURLOPT_SSL_VERIFYHOST, 2),
            assay_curl_number(handle, CURLOPT_FAILONERROR, 1),
            assay_curl_number(handle, CURLOPT_NOSIGNAL, 1),
            assay_curl_number(handle, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(connectTimeout)),
            assay_curl_number(handle, CURLOPT_LOW_SPEED_LIMIT, Self.leastPace),
            assay_curl_number(handle, CURLOPT_LOW_SPEED_TIME, max(1, Self.milliseconds(stallTimeout) / 1000)),
            assay_curl_number(handle, CURLOPT_TIMEOUT_MS, Self.milliseconds(Self.mostTime)),
            assay_curl_number(handle, CURLOPT_NOBODY, isBodyWanted ? 0 : 1),
            assay_curl_size(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(byteLimit)),
            assay_curl_sink(handle, WebSink.write, context),
            assay_curl_watch(handle, WebSink.watch, context),
        ]
        if let authorities { codes.append(unsafe assay_curl_text(handle, CURLOPT_CAINFO, authorities)) }
        if let credentials {
            codes.append(unsafe assay_curl_number(handle, CURLOPT_NETRC, Int(CURL_NETRC_REQUIRED.rawValue)))
            codes.append(unsafe assay_curl_text(handle, CURLOPT_NETRC_FILE, credentials))
        }
        for code in codes where code != CURLE_OK {
            throw unsafe .failed(address: address, reason: Self.words(for: code))
        }
        let code = unsafe curl_easy_perform(handle)
        if let reason = sink.failure { throw .unwritable(path: "the fetched file", reason: reason) }
        switch code {
        case CURLE_OK: return
        case CURLE_HTTP_RETURNED_ERROR:
            throw unsafe .refused(address: address, status: assay_curl_status(handle))
        case CURLE_FILESIZE_EXCEEDED: throw .tooLarge(address: address, limit: byteLimit)
        case CURLE_WRITE_ERROR where sink.isFull: throw .tooLarge(address: address, limit: byteLimit)
        case CURLE_ABORTED_BY_CALLBACK: throw .cancelled(address: address)
        case CURLE_OPERATION_TIMEDOUT: throw .stalled(address: address)
        case CURLE_UNSUPPORTED_PROTOCOL: throw .strayed(address: address)
        case CURLE_PEER_FAILED_VERIFICATION: throw .distrusted(address: address)
        case CURLE_SSL_CACERT_BADFILE: throw .authoritiesUnusable(path: authorities ?? "the system's authorities")
        default: throw .failed(address: address, reason: Self.words(for: code))
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int { Int(duration / .milliseconds(1)) }

    private static func words(for code: CURLcode) -> String {
        unsafe curl_easy_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code.rawValue)"
    }

    private static let isPrepared = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    /// Once a process, before the first fetch.
    private static func prepareLibrary() { _ = isPrepared }
}
