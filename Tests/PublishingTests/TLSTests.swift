import AssayTestSupport
import Foundation
import Publishing
import Testing

/// Encrypted connections to a real broker, and every way in which they must not come about.
@Suite(.serialized)
struct TLSTests {
    private let workshop: CertificateWorkshop
    private let authority: CertificateWorkshop.Pair

    init() throws {
        workshop = try CertificateWorkshop()
        authority = try workshop.authority()
    }

    private func broker(
        _ own: CertificateWorkshop.Pair? = nil, requiring authority: CertificateWorkshop.Pair? = nil,
        more: [String] = []
    ) throws -> MosquittoBroker {
        let own = try own ?? workshop.certificate("broker", by: self.authority)
        return try MosquittoBroker(
            extraLines: CertificateWorkshop.brokerLines(own, authority: authority, more: more))
    }

    private func trusting(
        _ authority: CertificateWorkshop.Pair, as identity: CertificateWorkshop.Pair? = nil,
        _ version: TLSSettings.Version = .v12
    ) -> TLSSettings {
        TLSSettings(
            authorities: authority.certificate,
            identity: identity.map { TLSSettings.Identity(certificate: $0.certificate, key: $0.key) },
            minimumVersion: version)
    }

    /// The fault that a publisher meets, which must stay the only one and never let a message through.
    private func fault(_ broker: MosquittoBroker, host: String = "127.0.0.1", _ encryption: TLSSettings) async throws
        -> ConnectionFault
    {
        let stage = try Stage(port: broker.port, host: host, encryption: encryption)
        stage.publish(1)
        try stage.publisher.start()
        try await eventually("a fault") { !stage.notices.isEmpty }
        #expect(stage.publisher.counters.connections == 0)
        #expect(stage.publisher.counters.queued == 1)
        _ = await stage.publisher.stop(within: .milliseconds(200))
        guard case .disconnected(let fault) = stage.notices[0] else {
            throw TestSupportError.notReady(program: "publisher", output: "\(stage.notices)")
        }
        return fault
    }

    @Test(arguments: TLSSettings.Version.allCases)
    func aVerdictArrivesThroughAnEncryptedConnection(version: TLSSettings.Version) async throws {
        let broker = try broker()
        let encryption = trusting(authority, version)
        let ear = try Ear(port: broker.port, filters: ["assay/v1/press-4/#"], encryption: encryption)
        try await eventually("the subscriber is there") { ear.subscriptionCount > 0 }
        let stage = try Stage(port: broker.port, encryption: encryption)
        stage.publish(30)
        try stage.publisher.start()
        try await eventually("all verdicts arrive") { try stage.deliveries(ear).count == 30 }
        #expect(try stage.deliveries(ear).map(\.sequence) == Array(1...30))
        #expect(await stage.publisher.stop().isAcknowledged)
    }

    @Test func theStationProvesItselfWithItsCertificate() async throws {
        let own = try workshop.certificate("station", by: authority)
        let broker = try broker(requiring: authority)
        let stage = try Stage(port: broker.port, encryption: trusting(authority, as: own))
        try stage.publisher.start()
        try await eventually("connected") { stage.publisher.isConnected }
        #expect(await stage.publisher.stop().isAcknowledged)
    }

    @Test func aBrokerThatWantsACertificateIsNamedAsSuch() async throws {
        let fault = try await fault(broker(requiring: authority), trusting(authority))
        guard case .notEncrypted(let reason) = fault else {
            Issue.record("\(fault)")
            return
        }
        #expect(reason.contains("mqtt.tls.certificate"), "\(reason)")
    }

    @Test func aCertificateThatTheBrokerDoesNotKnowIsNamedAsSuch() async throws {
        let stranger = try workshop.authority("stranger")
        let own = try workshop.certificate("station", by: stranger)
        let fault = try await fault(broker(requiring: authority), trusting(authority, as: own))
        guard case .notEncrypted(let reason) = fault else {
            Issue.record("\(fault)")
            return
        }
        #expect(reason.contains("mqtt.tls.certificate"), "\(reason)")
    }

    @Test func anExpiredCertificateOfTheBrokerIsNotAccepted() async throws {
        let old = try workshop.certificate("broker", by: authority, days: -1)
        let fault = try await fault(broker(old), trusting(authority))
        #expect(
            fault
                == .untrusted(reason: "certificate has expired; renew it on the broker, and check this station's clock")
        )
    }

    @Test func aBrokerSignedBySomeoneElseIsNotAccepted() async throws {
        let stranger = try workshop.authority("stranger")
        let fault = try await fault(broker(), trusting(stranger))
        guard case .untrusted(let reason) = fault else {
            Issue.record("\(fault)")
            return
        }
        #expect(reason.contains("mqtt.tls.ca"), "\(reason)")
    }

    @Test func aPlantsOwnBrokerIsNotAcceptedByTheAuthoritiesOfTheSystem() async throws {
        let fault = try await fault(broker(), TLSSettings())
        guard case .untrusted(let reason) = fault else {
            Issue.record("\(fault)")
            return
        }
        #expect(reason.contains("mqtt.tls.ca"), "\(reason)")
    }

    @Test(arguments: ["IP:192.0.2.1", "DNS:broker.plant.example"])
    func aCertificateMadeOutToAnotherHostIsNotAccepted(alternative: String) async throws {
        let other = try workshop.certificate("broker", by: authority, for: alternative)
        let fault = try await fault(broker(other), trusting(authority))
        #expect(
            fault
                == .untrusted(
                    reason: "it is not made out to 127.0.0.1; mqtt.host must be a name that stands in it"))
    }

    @Test func anOlderProtocolThanTheMinimumIsNotSpoken() async throws {
        let old = [
            "tls_version tlsv1.2", "ciphers ECDHE-ECDSA-AES128-GCM-SHA256", "ciphers_tls1.3 TLS_AES_128_CCM_SHA256",
        ]
        let fault = try await fault(broker(more: old), trusting(authority, .v13))
        guard case .notEncrypted = fault else {
            Issue.record("\(fault)")
            return
        }
    }

    @Test func aBrokerThatDoesNotEncryptIsNotSpokenTo() async throws {
        let plain = try MosquittoBroker()
        let fault = try await fault(plain, trusting(authority))
        switch fault {
        case .notEncrypted, .lost, .silent: break
        default: Issue.record("\(fault)")
        }
    }

    @Test func renewedFilesAreReadAtTheNextAttempt() async throws {
        let broker = try broker()
        let authorities = try workshop.write("not yet written\n", to: "ca-to-be.pem")
        let stage = try Stage(port: broker.port, encryption: TLSSettings(authorities: authorities))
        try stage.publisher.start()
        try await eventually("refused") { !stage.notices.isEmpty }
        guard case .disconnected(.unusable(let reason)) = stage.notices[0] else {
            Issue.record("\(stage.notices)")
            return
        }
        #expect(reason.contains(authorities) && reason.contains("mqtt.tls.ca"))
        _ = try workshop.write(try String(contentsOfFile: authority.certificate, encoding: .utf8), to: "ca-to-be.pem")
        try await eventually("connected") { stage.publisher.isConnected }
        _ = await stage.publisher.stop()
    }
}
