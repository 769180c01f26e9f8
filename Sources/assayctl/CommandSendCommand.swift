internal import ArgumentParser
internal import Foundation
internal import Publishing

/// Sends any command to a station over MQTT, as a plant system does.
struct CommandSendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send a command to a station through the broker, and show its answer.",
        discussion: """
            Works from anywhere that reaches the broker, for commands that the station's mqtt.allow names. The answer is \
            printed as it came; Config/schemas describes commands and answers.

            Examples:
              assayctl command send inspect '{"line": "tray"}' --station press-4 --host broker.plant
              assayctl command send reload --station press-4 --host broker.plant --ca plant-ca.pem \\
                --username engineer --password-file ~/.assay-password

            Exit codes: 0 done, 3 refused or bad input, 4 the broker or the station cannot be reached.
            """)

    @Argument(help: "The command: \(CommandName.allCases.map(\.rawValue).joined(separator: ", ")).")
    var name: String

    @Argument(help: "What it carries, a JSON object.")
    var members = "{}"

    @Option(help: "The station that is to obey.")
    var station: String?

    @Option(help: "The topic prefix, where it is not assay/v1/STATION.")
    var prefix: String?

    @Option(help: "Asked again with the same id, the station gives the same answer and does nothing anew.")
    var id: String?

    @Option(help: "Seconds to wait for the answer, 1 to 3600.")
    var timeout = 60.0

    @OptionGroup
    var broker: BrokerOptions

    func validate() throws {
        guard (station == nil) != (prefix == nil) else { throw ValidationError("Give --station or --prefix.") }
        guard timeout >= 1, timeout <= 3600 else { throw ValidationError("--timeout must be 1 to 3600.") }
        guard CommandName(rawValue: name) != nil else { throw ValidationError("There is no command '\(name)'.") }
    }

    func run() async throws {
        guard let command = CommandName(rawValue: name) else { throw Status.usage }
        let settings = try broker.settings()
        let (news, inlet) = AsyncStream.makeStream(of: CommandNews.self, bufferingPolicy: .bufferingNewest(100))
        let sender: CommandSender
        do {
            let topics = try prefix.map { try Topics(prefix: $0) } ?? Topics(station: station ?? "")
            sender = try CommandSender(
                settings, topics: topics, name: command, members: JSONText(parsing: Array(members.utf8)),
                id: id ?? UUIDv7(time: .now()).text
            ) { inlet.yield($0) }
            try sender.start()
        } catch let error as PublishingError {
            throw CommandFailure.badInput(error.description)
        } catch let error as JSONFault {
            throw CommandFailure.badInput("the command is not JSON: \(error)")
        }
        defer { sender.stop() }
        let timeout = timeout
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await Task.sleep(for: .seconds(timeout))
                inlet.finish()
            }
            try await follow(news)
            group.cancelAll()
        }
    }

    private func follow(_ news: AsyncStream<CommandNews>) async throws {
        var lostOnce = false
        for await item in news {
            switch item {
            case .answer(let bytes, let isOk):
                print(String(decoding: bytes, as: UTF8.self))
                if !isOk { throw CommandFailure.badInput("the station refused the command") }
                return
            case .stationIsOffline(let reason):
                throw CommandFailure.unreachable("the station is offline (\(PlainText.of(reason, limit: 64)))")
            case .answersRefused:
                throw CommandFailure.unreachable("the broker does not let this user hear answers to commands")
            case .commandRefused:
                throw CommandFailure.unreachable("the broker does not let this user send commands")
            case .connectionBroke:
                throw CommandFailure.unreachable(
                    "the connection broke while the station worked; ask again with the same --id")
            case .disconnected(.lost) where !lostOnce:
                // An old broker hangs up on MQTT 5 without a word; the next attempt speaks 3.1.1.
                lostOnce = true
            case .disconnected(let fault):
                throw CommandFailure.unreachable(
                    "\(PlainText.of(fault.description)). Is a broker running on \(broker.host), port \(broker.usedPort)?"
                )
            }
        }
        throw CommandFailure.unreachable(
            "no answer within \(timeout) s; is the station online, mqtt.commands on, and '\(name)' in mqtt.allow?")
    }
}
