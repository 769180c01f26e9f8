internal import ArgumentParser
internal import Foundation
internal import Glibc
internal import Publishing

/// Shows live what a station says, as any customer of its messages hears it.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show a station's verdicts, events and status as they come.",
        discussion: """
            One line a verdict, with the findings in plain English; times are UTC. Ends with Ctrl-C.

            Examples:
              assayctl watch --station press-4
              assayctl watch --host broker.plant --username assay --password-file /etc/assay/mqtt.password \\
                --station press-4 --count 100
              assayctl watch --prefix acme/leeds/hall2 --json | jq .decision

            Exit codes: 0 done, 3 unreadable password file, 4 the broker cannot be reached or refuses, \
            5 fewer verdicts than --count within --timeout.
            """)

    @Option(help: "The broker's name or address.")
    var host = "127.0.0.1"

    @Option(help: "The broker's TCP port.")
    var port: UInt16 = 1883

    @Option(help: "The user name for the broker.")
    var username: String?

    @Option(help: "A file whose first line is the password.")
    var passwordFile: String?

    @Option(help: "The station to watch.")
    var station: String?

    @Option(help: "The topic prefix, where it is not assay/v1/STATION.")
    var prefix: String?

    @Flag(help: "Print the messages as they are, one a line, instead of sentences.")
    var json = false

    @Option(help: "Write the overlay pictures that the station sends to this folder.")
    var overlay: String?

    @Option(help: "End after this many verdicts.")
    var count: Int?

    @Option(help: "End after this many seconds.")
    var timeout: Double?

    func validate() throws {
        guard (station == nil) != (prefix == nil) else { throw ValidationError("Give --station or --prefix.") }
        if let count, count < 1 { throw ValidationError("--count must be at least 1.") }
        if let timeout, !(timeout > 0 && timeout <= 1e9) { throw ValidationError("--timeout must be above 0.") }
        if passwordFile != nil, username == nil { throw ValidationError("--password-file needs --username.") }
    }

    func run() async throws {
        // Nothing is left to do at Ctrl-C: lines are written whole, and the broker sees the connection go.
        _ = signal(SIGINT) { _ in _exit(0) }
        let settings: MQTTSettings
        let topics: Topics
        do {
            topics = try prefix.map { try Topics(prefix: $0) } ?? Topics(station: station ?? "")
            settings = try MQTTSettings(
                host: host, port: port, clientIdentifier: "assayctl-\(UUIDv7(time: .now()).text)",
                credentials: credentials())
        } catch let error as PublishingError {
            throw CommandFailure.badInput(error.description)
        }
        let (news, inlet) = AsyncStream.makeStream(of: SubscriberNews.self, bufferingPolicy: .bufferingNewest(10_000))
        let filters = topics.watched + (overlay == nil ? [] : [topics.overlays])
        let subscriber = try Subscriber(settings, filters: filters) { inlet.yield($0) }
        try subscriber.start()
        defer { subscriber.stop() }

        let session = WatchSession(
            host: host, port: port, isJSON: json, count: count,
            overlays: try overlay.map { try OverlayFolder(path: $0, topics: topics) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let timeout {
                group.addTask {
                    try await Task.sleep(for: .seconds(timeout))
                    inlet.finish()
                }
            }
            try await session.follow(news, timeout: timeout)
            group.cancelAll()
        }
    }

    private func credentials() throws -> MQTTCredentials? {
        guard let username else { return nil }
        guard let passwordFile else { return try MQTTCredentials(username: username, password: nil) }
        let text: String
        do {
            text = try String(contentsOfFile: passwordFile, encoding: .utf8)
        } catch {
            throw CommandFailure.badInput(
                "cannot read the password in \(passwordFile): \(error.localizedDescription)")
        }
        let password = text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        return try MQTTCredentials(username: username, password: password)
    }
}
