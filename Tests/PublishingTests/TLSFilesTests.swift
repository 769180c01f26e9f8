import AssayTestSupport
import Foundation
import Publishing
import Testing

/// Files of TLS settings: what is wrong with them is told before any connection is tried.
struct TLSFilesTests {
    private let workshop: CertificateWorkshop
    private let authority: CertificateWorkshop.Pair
    private let own: CertificateWorkshop.Pair

    init() throws {
        workshop = try CertificateWorkshop()
        authority = try workshop.authority()
        own = try workshop.certificate("station", by: authority, days: 20)
    }

    private func problem(_ authorities: String?, _ certificate: String? = nil, _ key: String? = nil) -> String? {
        let identity = certificate.map { TLSSettings.Identity(certificate: $0, key: key ?? "") }
        do throws(PublishingError) {
            _ = try TLSFiles(checking: TLSSettings(authorities: authorities, identity: identity))
            return nil
        } catch {
            return error.description
        }
    }

    @Test func wholeFilesAreTakenWithTheirTerms() throws {
        let files = try TLSFiles(
            checking: TLSSettings(
                authorities: authority.certificate,
                identity: TLSSettings.Identity(certificate: own.certificate, key: own.key)))
        #expect(files.terms.map(\.key) == ["mqtt.tls.certificate", "mqtt.tls.ca"])
        #expect(files.terms.map(\.daysLeft).allSatisfy { (18...30).contains($0) })
        #expect(files.terms.allSatisfy { !$0.isOver })
        #expect(files.terms[0].warning?.contains("ends in") == true)
    }

    @Test func anEndedCertificateIsWarnedOfAndNotRefused() throws {
        let old = try workshop.certificate("old", by: authority, days: -1)
        let files = try TLSFiles(
            checking: TLSSettings(identity: TLSSettings.Identity(certificate: old.certificate, key: old.key)))
        #expect(files.terms[0].isOver)
        #expect(files.terms[0].warning?.contains("ended") == true)
    }

    @Test func aMissingFileIsNamedWithItsKey() {
        #expect(
            problem("/nowhere/ca.pem")?.contains("mqtt.tls.ca: /nowhere/ca.pem cannot be read: No such file") == true)
        #expect(problem(nil, "/nowhere/c.pem", own.key)?.hasPrefix("mqtt.tls.certificate: /nowhere/c.pem") == true)
        #expect(problem(nil, own.certificate, "/nowhere/k.pem")?.hasPrefix("mqtt.tls.key: /nowhere/k.pem") == true)
        #expect(problem("/tmp")?.contains("is not a file") == true)
    }

    @Test func aFileThatIsNoCertificateIsRefused() throws {
        let rubbish = try workshop.write("rubbish\n", to: "rubbish.pem")
        let empty = try workshop.write("", to: "empty.pem")
        #expect(problem(rubbish)?.contains("mqtt.tls.ca: \(rubbish) holds no certificate") == true)
        #expect(problem(empty)?.contains("holds no certificate") == true)
        #expect(problem(nil, rubbish, own.key)?.contains("mqtt.tls.certificate: \(rubbish) holds no") == true)
        #expect(problem(nil, own.certificate, rubbish)?.contains("mqtt.tls.key: \(rubbish) holds no key") == true)
        let text = try String(contentsOfFile: authority.certificate, encoding: .utf8)
        let cut = try workshop.write(String(text.prefix(text.count / 2)), to: "cut.pem")
        #expect(problem(cut)?.contains("holds no certificate") == true)
    }

    @Test func aKeyOfAnotherCertificateIsRefused() throws {
        let other = try workshop.certificate("other", by: authority)
        #expect(
            problem(nil, own.certificate, other.key)?.contains("does not belong to the certificate \(own.certificate)")
                == true)
    }

    @Test func aLockedKeyIsRefusedAndNobodyIsAsked() throws {
        let locked = try workshop.locked(own.key)
        #expect(problem(nil, own.certificate, locked)?.contains("not locked by a passphrase") == true)
    }

    @Test func aKeyThatEveryoneMayReadIsRefused() throws {
        let text = try String(contentsOfFile: own.key, encoding: .utf8)
        let open = try workshop.write(text, to: "open.key", mode: 0o644)
        #expect(problem(nil, own.certificate, open)?.contains("may be used by others (mode 0644)") == true)
        let shared = try workshop.write(text, to: "shared.key", mode: 0o640)
        #expect(problem(nil, own.certificate, shared) == nil)
    }
}
