/// Where the user name and the password of a connection come from.
package enum CredentialSource: Equatable, Sendable {
    /// Those given; nil for none.
    case known(MQTTCredentials?)

    /// Read anew for each attempt, so that a password that was changed is taken without a restart.
    case files(username: String?, passwordFile: String?, folder: String?)

    /// What to sign in with now; nil for none.
    ///
    /// - Throws: as `Credentials.resolve`.
    package func read() throws(PublishingError) -> MQTTCredentials? {
        switch self {
        case .known(let credentials): credentials
        case .files(let username, let passwordFile, let folder):
            try Credentials.resolve(username: username, passwordFile: passwordFile, folder: folder)
        }
    }
}
