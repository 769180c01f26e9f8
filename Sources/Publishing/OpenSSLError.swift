internal import COpenSSL

/// The reasons that OpenSSL leaves behind, a list for each thread.
enum OpenSSLError {
    /// The first reason, which the others follow from; clears the list.
    static func take() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0 else { return "no reason given" }
        guard let text = unsafe ERR_reason_error_string(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }

    /// The reason in a line of libmosquitto's log, `OpenSSL Error[0]: error:0A000086:SSL routines::certificate verify
    /// failed`.
    static func reason(inLogLine line: String) -> String {
        guard let end = line.range(ofLast: "::") else { return line }
        return String(line[end...])
    }
}

extension String {
    /// Where what follows the last `mark` begins.
    fileprivate func range(ofLast mark: String) -> Index? {
        var place: Index?
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(mark) { place = index(start, offsetBy: mark.count) }
            start = index(after: start)
        }
        return place
    }
}
