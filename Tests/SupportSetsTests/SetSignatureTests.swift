import AssayTestSupport
import Foundation
import Glibc
import SupportSets
import Testing

struct SetSignatureTests {
    private let folder: SetFolder
    private let work: TemporaryFolder
    private let key = PrivateKey()

    init() throws {
        folder = try SetFolder()
        work = try TemporaryFolder("assay-signature")
    }

    private func refusal(trusting keys: [PublicKey]) -> String {
        do throws(SupportSetError) {
            _ = try SupportSet(opening: folder.path, trusting: TrustedKeys(keys))
            return "taken"
        } catch {
            return error.description
        }
    }

    @Test func aSetSignedByATrustedKeyOpens() throws {
        let signature = try SetSignature.sign(folder.path, by: key)
        #expect(signature.key == key.publicKey)
        #expect(refusal(trusting: [PrivateKey().publicKey, key.publicKey]) == "taken")
        #expect(refusal(trusting: []) == "taken")
    }

    @Test func anUnsignedSetIsRefusedOnceKeysAreTrusted() {
        #expect(refusal(trusting: []) == "taken")
        #expect(refusal(trusting: [key.publicKey]).contains("it is not signed"))
    }

    @Test func aSetSignedByAStrangerIsRefused() throws {
        try SetSignature.sign(folder.path, by: PrivateKey())
        #expect(refusal(trusting: [key.publicKey]).contains("which is not among the trusted keys"))
    }

    @Test func aSignatureOfAnotherManifestIsRefused() throws {
        try SetSignature.sign(folder.path, by: key)
        try folder.editManifest { $0.replacing("No promise.", with: "No promises.") }
        #expect(refusal(trusting: [key.publicKey]).contains("does not belong to its manifest"))
        #expect(refusal(trusting: []) == "taken")
    }

    @Test func aStrangersSignatureUnderATrustedNameIsRefused() throws {
        let stranger = try SetSignature.sign(folder.path, by: PrivateKey())
        let forged = String(decoding: stranger.fileContent, as: UTF8.self)
            .replacing("\(stranger.key)", with: "\(key.publicKey)")
        try folder.replace("signature", with: Array(forged.utf8))
        #expect(refusal(trusting: [key.publicKey]).contains("does not belong to its manifest"))
    }

    @Test func everyFlippedBitOfASignatureIsRefused() throws {
        let content = try SetSignature.sign(folder.path, by: key).fileContent
        for place in content.indices {
            for bit in [0, 5] {
                var damaged = content
                damaged[place] ^= 1 << UInt8(bit)
                // A capital digit is the same digit.
                guard
                    String(decoding: damaged, as: UTF8.self).lowercased()
                        != String(decoding: content, as: UTF8.self)
                else { continue }
                try folder.replace("signature", with: damaged)
                #expect(refusal(trusting: [key.publicKey]) != "taken", "byte \(place)")
            }
        }
    }

    @Test func aFileThatIsNoSignatureIsRefused() throws {
        for content in [[], [10], Array("ed25519:\n".utf8), [UInt8](repeating: 0, count: 64), [0xFF, 0x0A]] {
            try folder.replace("signature", with: content)
            #expect(refusal(trusting: [key.publicKey]).contains("its signature is none"))
        }
        try folder.replace("signature", with: [UInt8](repeating: 65, count: 1 << 20))
        #expect(refusal(trusting: [key.publicKey]).contains("above the bound"))
    }

    @Test func anArchiveIsRefusedBeforeItIsUnpacked() throws {
        let packed = work.file("set.assayset")
        try SetArchive.pack(folder.path, to: packed)
        #expect(throws: SupportSetError.untrusted(path: packed, problem: "it is not signed")) {
            _ = try SetArchive(opening: packed, trusting: TrustedKeys([key.publicKey])).identity
        }
        try SetSignature.sign(folder.path, by: key)
        try SetArchive.pack(folder.path, to: packed, replacing: true)
        let archive = try SetArchive(opening: packed, trusting: TrustedKeys([key.publicKey]))
        #expect(archive.signer == key.publicKey)
    }

    private static let openSSL = "/usr/bin/openssl"

    /// The signature is plain Ed25519 over the manifest's bytes, so that other tools can check it.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: openSSL)))
    func openSSLFindsTheSignatureGood() throws {
        let signature = try SetSignature.sign(folder.path, by: key)
        let words = String(decoding: signature.fileContent, as: UTF8.self).split(separator: " ")
        let bytes = try #require(Data(hexadecimal: words[1].trimmingCharacters(in: .newlines)))
        let raw = try #require(Data(hexadecimal: String(words[0].dropFirst("ed25519:".count))))
        // RFC 8410: what precedes the key in its DER form.
        let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
        try work.write(prefix + raw, to: "key.der")
        try work.write(bytes, to: "signature.raw")
        func verify(_ file: String) throws -> Int32 {
            let openssl = Process()
            openssl.executableURL = URL(fileURLWithPath: Self.openSSL)
            openssl.arguments = [
                "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", work.file("key.der"), "-rawin", "-in",
                file, "-sigfile", work.file("signature.raw"),
            ]
            openssl.standardOutput = FileHandle.nullDevice
            openssl.standardError = FileHandle.nullDevice
            try openssl.run()
            openssl.waitUntilExit()
            return openssl.terminationStatus
        }
        #expect(try verify(folder.file("manifest.json")) == 0)
        #expect(try verify(folder.file("logical.bank")) == 1)
    }

    @Test func keysTravelThroughTheirFiles() throws {
        try key.write(to: work.file("key"))
        var status = stat()
        try #require(unsafe stat(work.file("key"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(try PrivateKey(contentsOf: work.file("key")).publicKey == key.publicKey)
        try work.write([0x23, 0x0A] + key.publicKey.fileContent, to: "key.pub")
        #expect(try TrustedKeys([work.file("key.pub")]).keys == [key.publicKey])
        #expect(try TrustedKeys(["\(key.publicKey)"]).keys == [key.publicKey])
        #expect(throws: SupportSetError.self) { try key.write(to: work.file("key")) }
    }

    @Test func aPrivateKeyThatOthersCanReadIsRefused() throws {
        try key.write(to: work.file("key"))
        for mode in [0o640, 0o604, 0o620, 0o601] as [mode_t] {
            try #require(unsafe chmod(work.file("key"), mode) == 0)
            #expect {
                try PrivateKey(contentsOf: work.file("key"))
            } throws: { "\($0)".contains("chmod 600") }
        }
    }

    @Test func aPrivateKeyAmongTheTrustedOnesIsRefused() throws {
        try key.write(to: work.file("key"))
        #expect {
            try TrustedKeys([work.file("key")])
        } throws: { "\($0)".contains("private key") }
    }

    @Test(arguments: ["ed25519:", "ed25519:12", "ed25519:" + String(repeating: "g", count: 64), "nothing", ""])
    func aTextThatIsNoKeyIsRefused(text: String) throws {
        #expect(PublicKey(text) == nil)
        try work.write(text, to: "key")
        #expect(throws: SupportSetError.self) { try TrustedKeys([work.file("key")]) }
        #expect(throws: SupportSetError.self) { try PrivateKey(contentsOf: work.file("key")) }
    }
}

extension Data {
    fileprivate init?(hexadecimal text: String) {
        var bytes: [UInt8] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        self = Data(bytes)
    }
}
