internal import ArgumentParser
internal import LinearAlgebra

/// The operator's command.
@main
struct Assayctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assayctl",
        abstract: "Set up, question and watch an Assay inspection station.",
        discussion: """
            Exit codes: 0 done or pass, 1 fail verdict, 2 usage, 3 bad input or configuration, \
            4 cannot reach the broker, the camera or the daemon, 5 inconclusive or no verdict.
            """,
        subcommands: [
            EnrollCommand.self, AnnotateCommand.self, InspectCommand.self, MatchCommand.self, CamerasCommand.self,
            ConfigCommand.self,
            SnapshotCommand.self, WatchCommand.self, StatusCommand.self, ReloadCommand.self, CommandCommand.self,
            DoctorCommand.self, SetCommand.self, MarkCommand.self,
            EvaluateCommand.self,
        ])

    /// Runs the command; the argument parser's own exit code for wrong usage becomes 2.
    static func main() async {
        // Before any thread, file or signal.
        BLASKernel.reexecuteIfSlow()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            failure.report()
            exit(withError: failure.status)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            StandardError.write(fullMessage(for: error))
            exit(withError: Status.usage)
        }
    }
}
