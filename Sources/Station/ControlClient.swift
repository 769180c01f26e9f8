internal import Glibc

/// One connection to the control socket: what came, what is to go, and until when it is borne with.
struct ControlClient {
    /// A longer request is refused.
    static let mostBytes = 65_536
    private static let patience = Duration.seconds(10)

    enum Line {
        case request([UInt8])
        case tooLong
    }

    let descriptor: Int32
    let number: UInt64
    private var received: [UInt8] = []
    private var toSend: [UInt8] = []
    private var sentCount = 0
    private var isWaiting = false
    private var isGone = false
    private var hasEnded = false

    /// Ends the connection once the last answer has gone.
    var isClosing = false

    /// The client has until then to send a request or to take its answer; nil while it waits for us.
    private(set) var deadline: ContinuousClock.Instant?

    init(descriptor: Int32, number: UInt64) {
        self.descriptor = descriptor
        self.number = number
        deadline = .now + Self.patience
    }

    var interest: Int16 {
        if !toSend.isEmpty { return Int16(POLLOUT) }
        // While it waits for an answer only its hanging up matters, which poll(2) reports unasked.
        return isWaiting ? 0 : Int16(POLLIN)
    }

    func isOver(at now: ContinuousClock.Instant) -> Bool {
        if isGone { return true }
        if toSend.isEmpty, !isWaiting, isClosing || hasEnded { return true }
        return deadline.map { now >= $0 } ?? false
    }

    /// The next request, if one is complete and none is being worked on.
    mutating func nextLine() -> Line? {
        guard !isWaiting, !isClosing, toSend.isEmpty else { return nil }
        guard let end = received.firstIndex(of: UInt8(ascii: "\n")) else {
            return received.count > Self.mostBytes ? .tooLong : nil
        }
        let line = Array(received[..<end])
        received.removeFirst(end + 1)
        return line.count > Self.mostBytes ? .tooLong : .request(line)
    }

    mutating func beginWaiting() {
        isWaiting = true
        deadline = nil
    }

    mutating func answer(_ bytes: [UInt8]) {
        isWaiting = false
        toSend += bytes
        toSend.append(UInt8(ascii: "\n"))
        deadline = .now + Self.patience
    }

    /// Moves the bytes that can be moved now.
    mutating func exchange() {
        if !toSend.isEmpty {
            let count = unsafe toSend.withUnsafeBytes {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[sentCount...])
                return unsafe send(
                    descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count > 0 { sentCount += count }
            if sentCount == toSend.count {
                toSend = []
                sentCount = 0
            }
            if count < 0, errno != EAGAIN, errno != EINTR { isGone = true }
            return
        }
        guard !isWaiting else {
            isGone = true
            return
        }
        var piece = [UInt8](repeating: 0, count: 4096)
        let count = unsafe piece.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
        }
        if count > 0 { received += piece.prefix(count) }
        if count == 0 { hasEnded = true }
        if count < 0, errno != EAGAIN, errno != EINTR { isGone = true }
    }
}
