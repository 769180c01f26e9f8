internal import ArgumentParser
internal import SupportSets

/// Whose sets a command takes.
struct TrustOptions: ParsableArguments {
    @Option(help: "Take it only if this key signed it: ed25519:… or a file of it. May be given several times.")
    var trust: [String] = []

    func keys() throws -> TrustedKeys {
        do throws(SupportSetError) {
            return try TrustedKeys(trust)
        } catch {
            throw CommandFailure.badInput(error.description)
        }
    }
}
