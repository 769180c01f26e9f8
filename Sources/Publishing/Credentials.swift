/// Where a user name and a password come from: files of the settings, or the service manager's credentials.
///
/// With `LoadCredential=mqtt-password:…` in the unit, systemd puts the secret where only the daemon can read it, and no
/// setting names it at all.
package enum Credentials {
    /// The names of the service manager's credentials.
    package static let usernameCredential = "mqtt-username"
    package static let passwordCredential = "mqtt-password"

    /// The user to sign in as; nil for none.
    ///
    /// What the settings say wins; credentials fill in what they leave open.
    ///
    /// - Parameters:
    ///   - passwordFile: a file that only its owner may read, unless it lies in the folder of credentials.
    ///   - folder: `CREDENTIALS_DIRECTORY`, where the service manager gave one.
    /// - Throws: `badFile` for a file that is missing, empty, too long, or that others may read; `badSetting` for a
    ///   password without a user.
    package static func resolve(
        username: String?, passwordFile: String?, folder: String?
    ) throws(PublishingError) -> MQTTCredentials? {
        var password = passwordFile.map { path in
            let isCredential = folder.map { path.hasPrefix($0 + "/") } ?? false
            return Secret(key: "mqtt.password_file", path: path, isCredential: isCredential)
        }
        var user = username
        if let folder {
            let offered = Secret(key: passwordCredential, path: "\(folder)/\(passwordCredential)", isCredential: true)
            if password == nil, offered.isThere { password = offered }
            let name = Secret(key: usernameCredential, path: "\(folder)/\(usernameCredential)", isCredential: true)
            if user == nil, name.isThere { user = try name.text() }
        }
        guard let user else {
            guard let password else { return nil }
            throw .badSetting(
                key: password.key,
                problem: "a password needs a user: give mqtt.username or the credential \(usernameCredential)")
        }
        return try MQTTCredentials(username: user, password: password?.text())
    }
}
