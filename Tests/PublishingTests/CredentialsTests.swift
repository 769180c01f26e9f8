import AssayTestSupport
import Foundation
import Publishing
import Testing

/// Where user and password come from, and that no error tells them.
struct CredentialsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder("assay-credentials") }

    private func file(_ name: String, _ text: String, mode: Int) throws -> String {
        let path = try folder.write(text, to: name)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    private func refusal(_ username: String?, _ file: String?, _ folder: String? = nil) -> String? {
        do throws(PublishingError) {
            _ = try Credentials.resolve(username: username, passwordFile: file, folder: folder)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func aPasswordComesFromTheFirstLineOfItsFile() throws {
        let path = try file("p", "s3cret\nnot this\n", mode: 0o600)
        let credentials = try Credentials.resolve(username: "assay", passwordFile: path, folder: nil)
        #expect(credentials?.username == "assay" && credentials?.password == "s3cret")
        #expect(try Credentials.resolve(username: "assay", passwordFile: nil, folder: nil)?.password == nil)
        #expect(try Credentials.resolve(username: nil, passwordFile: nil, folder: nil) == nil)
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o666, 0o620])
    func aPasswordFileThatOthersMayUseIsRefused(mode: Int) throws {
        let path = try file("p", "s3cret\n", mode: mode)
        let told = try #require(refusal("assay", path))
        #expect(told.contains("mqtt.password_file: \(path) may be used by others"))
        #expect(!told.contains("s3cret"))
    }

    @Test func theServiceManagersCredentialsAreTakenWhereTheSettingsSayNothing() throws {
        _ = try file("mqtt-password", "from-systemd", mode: 0o440)
        _ = try file("mqtt-username", "station-7\n", mode: 0o440)
        let all = try Credentials.resolve(username: nil, passwordFile: nil, folder: folder.path)
        #expect(all?.username == "station-7" && all?.password == "from-systemd")
        let own = try file("own", "own\n", mode: 0o600)
        let settled = try Credentials.resolve(username: "me", passwordFile: own, folder: folder.path)
        #expect(settled?.username == "me" && settled?.password == "own")
    }

    @Test func aPasswordFileInTheFolderOfCredentialsMayBeReadByItsGroup() throws {
        let path = try file("other-name", "x1", mode: 0o440)
        let credentials = try Credentials.resolve(username: "me", passwordFile: path, folder: folder.path)
        #expect(credentials?.password == "x1")
        #expect(refusal("me", path, folder.path + "-of-another") != nil)
    }

    @Test func whatCannotBeAPasswordIsRefusedWithoutTellingIt() throws {
        #expect(refusal("me", "/nowhere/p")?.contains("/nowhere/p cannot be read") == true)
        #expect(refusal("me", try file("empty", "", mode: 0o600))?.contains("holds nothing") == true)
        #expect(refusal("me", try file("blank", "\nlate\n", mode: 0o600))?.contains("holds nothing") == true)
        let long = try #require(refusal("me", try file("long", String(repeating: "q", count: 5000), mode: 0o600)))
        #expect(!long.contains("qqqq"))
        _ = try file("mqtt-password", "s3cret", mode: 0o400)
        let lonely = try #require(refusal(nil, nil, folder.path))
        #expect(lonely.contains("mqtt.username") && !lonely.contains("s3cret"))
    }
}
