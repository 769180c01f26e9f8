internal import COpenSSL

/// Loads a certificate and its key as a TLS connection does.
enum IdentityCheck {
    /// - Returns: how long the certificate is good.
    /// - Throws: `badFile` when one of the two cannot be understood, or they do not belong together.
    static func term(of certificate: SettingsFile, key: SettingsFile) throws(PublishingError) -> CertificateTerm {
        guard let context = unsafe SSL_CTX_new(TLS_client_method()) else {
            throw .refused(call: "SSL_CTX_new", reason: OpenSSLError.take())
        }
        defer { unsafe SSL_CTX_free(context) }
        // Without this a key that is locked would have OpenSSL ask on the terminal.
        unsafe SSL_CTX_set_default_passwd_cb(context) { _, _, _, _ in 0 }
        guard unsafe SSL_CTX_use_certificate_chain_file(context, certificate.path) == 1 else {
            throw certificate.problem(
                "holds no certificate that can be used: \(OpenSSLError.take())",
                remedy: "it must be in PEM form, the station's own certificate first")
        }
        guard unsafe SSL_CTX_use_PrivateKey_file(context, key.path, SSL_FILETYPE_PEM) == 1 else {
            let reason = OpenSSLError.take()
            if reason.contains("mismatch") {
                throw key.problem(
                    "does not belong to the certificate \(certificate.path)", remedy: "name the key it was made with")
            }
            throw key.problem(
                "holds no key that can be used: \(reason)",
                remedy: "it must be in PEM form and not locked by a passphrase")
        }
        guard unsafe SSL_CTX_check_private_key(context) == 1 else {
            _ = OpenSSLError.take()
            throw key.problem(
                "does not belong to the certificate \(certificate.path)", remedy: "name the key it was made with")
        }
        guard let own = unsafe SSL_CTX_get0_certificate(context), let days = unsafe AuthoritiesCheck.daysLeft(of: own)
        else { throw certificate.problem("does not say how long it is good", remedy: "have it made anew") }
        return CertificateTerm(key: certificate.key, path: certificate.path, daysLeft: days)
    }
}
