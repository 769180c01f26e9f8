internal import CMosquitto
internal import COpenSSL

/// What went wrong with the encryption of one connection, gathered from what the libraries say while it lasts.
struct TLSFault: Equatable {
    /// OpenSSL's code for what is wrong with the broker's certificate (X509_V_ERR_…); 0 for nothing.
    private var verification = 0
    private var isOtherHost = false
    private var reasons: [String] = []

    /// Looks at a line of the library's log; `session` is OpenSSL's SSL while there is one.
    mutating func note(_ line: String, session: OpaquePointer?) {
        if line.contains("host name verification") { isOtherHost = true }
        guard line.hasPrefix("OpenSSL Error") else { return }
        if reasons.count < 8 { reasons.append(OpenSSLError.reason(inLogLine: line)) }
        if let session = unsafe session {
            let result = unsafe SSL_get_verify_result(session)
            if result != 0 { verification = Int(result) }
        }
    }

    /// As the caller sees it; nil when nothing of the kind happened.
    func fault(host: String) -> ConnectionFault? {
        if isOtherHost {
            return .untrusted(reason: "it is not made out to \(host); mqtt.host must be a name that stands in it")
        }
        if verification != 0 {
            let text = unsafe X509_verify_cert_error_string(verification).map { unsafe String(cString: $0) }
            return .untrusted(reason: "\(text ?? "code \(verification)")\(Self.remedy(verification: verification))")
        }
        guard let reason = reasons.first else { return nil }
        return .notEncrypted(reason: "\(reason)\(Self.remedy(reason: reason))")
    }

    private static func remedy(verification code: Int) -> String {
        switch Int32(clamping: code) {
        case X509_V_ERR_CERT_HAS_EXPIRED: "; renew it on the broker, and check this station's clock"
        case X509_V_ERR_CERT_NOT_YET_VALID: "; check this station's clock and the broker's"
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_SIGNATURE_FAILURE:
            "; mqtt.tls.ca must hold the certificate of the authority that signed it"
        default: ""
        }
    }

    /// Alerts come from the broker, other reasons from this side.
    private static func remedy(reason: String) -> String {
        let remedies = [
            ("certificate required", "the broker asks for a certificate: mqtt.tls.certificate and mqtt.tls.key"),
            ("alert handshake failure", "the broker may ask for a certificate: mqtt.tls.certificate and mqtt.tls.key"),
            ("alert unknown ca", "the broker does not know who signed mqtt.tls.certificate"),
            ("alert certificate expired", "mqtt.tls.certificate has ended; renew it"),
            ("alert bad certificate", "the broker does not accept mqtt.tls.certificate"),
            ("alert certificate revoked", "mqtt.tls.certificate was called back; have a new one made"),
            ("protocol version", "the broker's TLS is older than mqtt.tls.minimum_version"),
            ("unsupported protocol", "the broker's TLS is older than mqtt.tls.minimum_version"),
            ("wrong version number", "nobody speaks TLS at mqtt.port; brokers use 8883 for it"),
        ]
        return remedies.first { reason.contains($0.0) }.map { "; \($0.1)" } ?? ""
    }
}
