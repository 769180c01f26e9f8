internal import Glibc
internal import Publishing

/// One run of `assayctl watch`, from the first connection to its end.
struct WatchSession {
    let host: String
    let port: UInt16
    let isJSON: Bool

    /// How many verdicts to wait for; without it the watch goes on.
    let count: Int?

    /// Where overlay pictures go.
    let overlays: OverlayFolder?

    /// Prints what comes until enough verdicts were seen or the stream ends.
    ///
    /// - Throws: `CommandFailure` when the broker cannot be reached at all, or too few verdicts came.
    func follow(_ news: AsyncStream<SubscriberNews>, timeout: Double?) async throws {
        var narrator = Narrator(hasColours: isatty(1) == 1)
        var verdictCount = 0
        var hasBeenConnected = false
        var hasFailedOnce = false
        for await item in news {
            switch item {
            case .connected:
                if hasBeenConnected { StandardError.write("assayctl: connected again") }
                hasBeenConnected = true
            case .disconnected(let fault):
                if hasBeenConnected {
                    StandardError.write("assayctl: \(PlainText.of(fault.description)); trying again")
                } else if case .lost = fault, !hasFailedOnce {
                    // An old broker hangs up on MQTT 5 without a word; the next attempt speaks 3.1.1.
                    hasFailedOnce = true
                } else {
                    throw CommandFailure.unreachable(
                        "\(PlainText.of(fault.description)). Is a broker running on \(host), port \(port)?")
                }
            case .subscriptionRefused:
                throw CommandFailure.unreachable("the broker does not let this user hear the station's topics")
            case .message(let message) where overlays?.takes(message) == true: try overlays?.keep(message)
            case .message(let message):
                if show(message, &narrator) { verdictCount += 1 }
                if let count, verdictCount >= count { return }
            case .subscribed, .ended: break
            }
        }
        guard hasBeenConnected else {
            throw CommandFailure.unreachable("no answer from \(host), port \(port), within \(timeout ?? 0) s")
        }
        if let count, verdictCount < count {
            throw CommandFailure(
                message: "only \(verdictCount) of \(count) verdicts came within \(timeout ?? 0) s",
                status: Status.inconclusive)
        }
    }

    /// - Returns: whether it was a verdict.
    private func show(_ message: MQTTMessage, _ narrator: inout Narrator) -> Bool {
        let telling = narrator.tell(message)
        switch telling {
        case .unreadable(let problem): StandardError.write("assayctl: \(problem)")
        case .verdict(let line): print(isJSON ? message.payload : Array(line.utf8))
        case .remark(let line): print(isJSON ? message.payload : Array(line.utf8))
        case .nothing: if isJSON { print(message.payload) }
        }
        if case .verdict = telling { return true }
        return false
    }

    /// Writes one line; line ends inside JSON are only space between its parts.
    private func print(_ bytes: [UInt8]) {
        var line = bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
        line.append(0x0A)
        var start = 0
        while start < line.count {
            let written = unsafe line[start...].withUnsafeBytes { rest in
                unsafe Glibc.write(1, rest.baseAddress, rest.count)
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return }
            start += written
        }
    }
}
