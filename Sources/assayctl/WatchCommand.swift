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
              assayctl watch --host broker.plant --ca plant-ca.pem --username assay \\
                --password-file /etc/assay/mqtt-password --station press-4 --count 100
              assayctl watch --prefix acme/leeds/hall2 --json | jq .decision

            Exit codes: 0 done, 3 a password or TLS file that cannot be used, 4 the broker cannot be reached or refuses, \
            5 fewer verdicts than --count within --timeout.
            """)

    @OptionGroup
    var broker: BrokerOptions

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
    }

    func run() async throws {
        // Nothing is left to do at Ctrl-C: lines are written whole, and the broker sees the connection go.
        _ = signal(SIGINT) { _ in _exit(0) }
        let settings = try broker.settings()
        let topics: Topics
        do throws(PublishingError) {
            topics = if let prefix { try Topics(prefix: prefix) } else { try Topics(station: station ?? "") }
        } catch {
            throw CommandFailure.badInput(error.description)
        }
        let (news, inlet) = AsyncStream.makeStream(of: SubscriberNews.self, bufferingPolicy: .bufferingNewest(10_000))
        let filters = topics.watched + (overlay == nil ? [] : [topics.overlays])
        let subscriber = try Subscriber(settings, filters: filters) { inlet.yield($0) }
        try subscriber.start()
        defer { subscriber.stop() }

        let session = WatchSession(
            host: broker.host, port: broker.usedPort, isJSON: json, count: count,
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
}
