/// Where support sets may come from, whom they must be signed by, and what is kept of them.
package struct SupportSetsSettings: Equatable, Sendable {
    /// Folders, `.assayset` files and beginnings of http(s) addresses, tried in this order.
    package let sources: [String]
    /// Files that hold an Ed25519 public key each; with any, every set must be signed by one of them.
    package let trust: [String]
    /// Certificates of the authorities that https servers are checked against; nil for the system's.
    package let authorities: String?
    /// The file with names and passwords for http(s) servers, as curl has it.
    package let credentials: String?
    /// A set that is fetched or unpacked has no more bytes.
    package let byteLimit: Int
    package let connectTimeout: Duration
    /// A server from which hardly anything comes for so long is given up.
    package let stallTimeout: Duration
    /// A new set under which so many frames in a row get no verdict is taken back; 0: never.
    package let rollBackAfter: Int
    /// Activations remembered for each line.
    package let historyLimit: Int
    /// Bytes of judged pictures that are kept in memory for each line, so that marks find theirs.
    package let recentByteLimit: Int
    /// Marked pictures kept on the disk for each line and kind of mark.
    package let markLimit: Int
}

extension SupportSetsSettings {
    init(reading section: inout SectionReader) {
        self.init(
            sources: section.texts(SettingsKeys.setSources), trust: section.texts(SettingsKeys.setTrust),
            authorities: section.value(SettingsKeys.setAuthorities),
            credentials: section.value(SettingsKeys.setCredentials),
            byteLimit: section.settled(SettingsKeys.setMegabytes) << 20,
            connectTimeout: .seconds(section.settled(SettingsKeys.setConnectTimeout)),
            stallTimeout: .seconds(section.settled(SettingsKeys.setStallTimeout)),
            rollBackAfter: section.settled(SettingsKeys.setRollBackAfter),
            historyLimit: section.settled(SettingsKeys.setHistory),
            recentByteLimit: section.settled(SettingsKeys.recentMegabytes) << 20,
            markLimit: section.settled(SettingsKeys.marks))
    }
}
