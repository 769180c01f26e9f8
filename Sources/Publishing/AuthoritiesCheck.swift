internal import COpenSSL

/// Reads a PEM file of authorities' certificates.
enum AuthoritiesCheck {
    /// - Returns: how long the last of them is good.
    /// - Throws: `badFile` when there is none, or something that is not one.
    static func term(of file: SettingsFile, bytes: [UInt8]) throws(PublishingError) -> CertificateTerm {
        guard let days = longestTerm(bytes) else {
            throw file.problem(
                "holds no certificate: \(OpenSSLError.take())",
                remedy: "it must hold the authorities' certificates in PEM form")
        }
        return CertificateTerm(key: file.key, path: file.path, daysLeft: days)
    }

    private static func longestTerm(_ bytes: [UInt8]) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer -> Int? in
            // unsafe: the stream reads the buffer and is gone before it
            guard let stream = unsafe BIO_new_mem_buf(buffer.baseAddress, Int32(clamping: buffer.count)) else {
                return nil
            }
            defer { unsafe BIO_free(stream) }
            var longest: Int?
            while let certificate = unsafe PEM_read_bio_X509(stream, nil, nil, nil) {
                defer { unsafe X509_free(certificate) }
                guard let days = unsafe daysLeft(of: certificate) else { continue }
                longest = max(longest ?? days, days)
            }
            // The end of the stream is told as an error too.
            if longest != nil { ERR_clear_error() }
            return longest
        }
    }

    /// Whole days until a certificate ends, rounded down; negative after it.
    static func daysLeft(of certificate: OpaquePointer) -> Int? {
        guard let end = unsafe X509_get0_notAfter(certificate) else { return nil }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard unsafe ASN1_TIME_diff(&days, &seconds, nil, end) == 1 else { return nil }
        return seconds < 0 ? Int(days) - 1 : Int(days)
    }
}
