internal import Glibc

/// Makes certificates with the openssl command, below one folder; for tests of encrypted connections.
package final class CertificateWorkshop: Sendable {
    private let folder: TemporaryFolder

    /// The files of a certificate and the key that belongs to it.
    package struct Pair: Sendable {
        package let certificate: String
        package let key: String
    }

    package init() throws(TestSupportError) { folder = try TemporaryFolder("assay-certificates") }

    /// An authority that signs for `days`.
    package func authority(_ name: String = "plant", days: Int = 30) throws(TestSupportError) -> Pair {
        let pair = files(name)
        try run(
            ["req", "-x509"] + Self.newKey + ["-keyout", pair.key, "-out", pair.certificate, "-days", "\(days)"]
                + ["-subj", "/CN=\(name) authority", "-addext", "keyUsage=critical,keyCertSign,cRLSign"])
        return pair
    }

    /// A certificate signed by `authority`.
    ///
    /// - Parameters:
    ///   - alternatives: whom it is made out to, as `IP:127.0.0.1` or `DNS:broker`.
    ///   - days: how long it is good; below 0 it is over already.
    package func certificate(
        _ name: String, by authority: Pair, for alternatives: String = "IP:127.0.0.1", days: Int = 30
    ) throws(TestSupportError) -> Pair {
        let pair = files(name)
        let request = folder.file("\(name).csr")
        try run(["req"] + Self.newKey + ["-keyout", pair.key, "-out", request, "-subj", "/CN=\(name)"])
        let extensions = try folder.write("subjectAltName=\(alternatives)\n", to: "\(name).ext")
        try run(
            ["x509", "-req", "-in", request, "-CA", authority.certificate, "-CAkey", authority.key, "-CAcreateserial"]
                + ["-days", "\(days)", "-extfile", extensions, "-out", pair.certificate])
        return pair
    }

    /// The same key, locked by a passphrase.
    package func locked(_ key: String) throws(TestSupportError) -> String {
        let path = key + ".locked"
        try run(["pkey", "-in", key, "-aes256", "-passout", "pass:secret", "-out", path])
        return path
    }

    /// A file with the contents of several, one after the other, or with any text.
    package func write(_ text: String, to name: String, mode: Int = 0o600) throws(TestSupportError) -> String {
        let path = try folder.write(text, to: name)
        unsafe chmod(path, mode_t(mode))
        return path
    }

    /// The lines that have a broker encrypt.
    package static func brokerLines(_ own: Pair, authority: Pair? = nil, more: [String] = []) -> [String] {
        var lines = ["certfile \(own.certificate)", "keyfile \(own.key)"]
        if let authority { lines += ["cafile \(authority.certificate)", "require_certificate true"] }
        return lines + more
    }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    private func files(_ name: String) -> Pair {
        Pair(certificate: folder.file("\(name).pem"), key: folder.file("\(name).key"))
    }

    private func run(_ arguments: [String]) throws(TestSupportError) {
        let log = folder.file("log")
        let child = try ChildProcess("openssl", arguments, output: log)
        guard child.wait() == 0 else { throw .notReady(program: "openssl \(arguments[0])", output: log) }
    }
}
