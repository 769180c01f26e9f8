package import Capture
internal import Publishing

/// Which frames a line's triggers want, and which commands still have to be answered.
///
/// A pure machine, told of every command and every frame: each trigger gets the first frame whose exposure surely began
/// after it. That frame is claimed, and kept until a worker takes it. A command stays here until it is settled, so that
/// it is answered once and by its deadline, whatever becomes of its frame.
package struct TriggerQueue: Sendable {
    /// Commands of a line that wait for their verdicts; one more is refused.
    package static let capacity = 16

    /// What triggers the line, besides commands.
    package enum Mode: Equatable, Sendable {
        case freeRun
        case timer(interval: Duration)
        case command
        case camera
    }

    /// How far a command has come.
    package enum Stage: Equatable, Sendable {
        /// No frame was exposed after it yet.
        case waiting

        /// Its frame waits for a worker.
        case claimed

        /// Its frame is being judged.
        case taken
    }

    /// What becomes of a frame that comes in.
    package enum Admission: Sendable {
        case newest
        case skipped
        case kept(claim: UInt64)

        /// It is the frame of these, but the one before still waits for a worker.
        case crowded([Occasion])
    }

    private struct Command: Sendable {
        let occasion: Occasion
        let number: UInt64
        let notBefore: MonotonicTime
        let deadline: MonotonicTime
        var stage = Stage.waiting
    }

    private var mode: Mode
    private var nextTick: MonotonicTime
    private var commands: [Command] = []
    private var claim: (number: UInt64, occasions: [Occasion])?
    private var nextNumber: UInt64 = 1
    private var isClosed = false

    package init(_ mode: Mode, now: MonotonicTime) {
        self.mode = mode
        nextTick = now
    }

    /// Goes on in another mode; commands stay.
    package mutating func change(to mode: Mode, now: MonotonicTime) {
        guard mode != self.mode else { return }
        self.mode = mode
        nextTick = now
    }

    /// Takes a command in.
    ///
    /// - Parameters:
    ///   - delay: from the command to the earliest exposure.
    ///   - deadline: by when it is to be answered.
    /// - Returns: false when too many wait, or none is taken any more.
    package mutating func accept(
        _ order: TriggerOrder, at moment: MonotonicTime, delay: Duration = .zero, deadline: MonotonicTime
    ) -> Bool {
        guard !isClosed, commands.count < Self.capacity else { return false }
        let number = number()
        commands.append(
            Command(
                occasion: Occasion(.command, at: moment, number: number, order: order), number: number,
                notBefore: moment.advanced(by: delay), deadline: deadline))
        return true
    }

    /// Decides on a frame that comes in. A picture on demand waits until somebody takes it.
    package mutating func admit(_ exposure: Exposure) -> Admission {
        guard case .began(let earliest) = exposure else { return .newest }
        let stage: Stage = claim == nil ? .claimed : .taken
        var occasions = advance(to: stage) { $0.stage == .waiting && $0.notBefore <= earliest }
        if claim == nil, let tick = tick(at: earliest) { occasions.append(Occasion(.timer, at: tick)) }
        if mode == .camera { occasions.append(Occasion(.camera)) }
        guard !occasions.isEmpty else { return mode == .freeRun ? .newest : .skipped }
        guard claim == nil else { return .crowded(occasions) }
        let number = number()
        claim = (number, occasions)
        return .kept(claim: number)
    }

    /// Whether the frame that waits in the slot may be taken now.
    package func wants(claim: UInt64?, _ exposure: Exposure, at now: MonotonicTime) -> Bool {
        if let claim, claim == self.claim?.number { return true }
        switch (mode, exposure) {
        case (.freeRun, _), (.camera, .onDemand): return true
        case (.timer, .onDemand), (.command, .onDemand): return nextDue.map { now >= $0 } ?? false
        case (_, .began): return false
        }
    }

    /// What the frame that is taken now is judged for; empty for one that nobody wants any more.
    package mutating func take(claim: UInt64?, _ exposure: Exposure, at now: MonotonicTime) -> [Occasion] {
        if let claim, let own = self.claim, own.number == claim {
            self.claim = nil
            _ = advance(to: .taken) { $0.stage == .claimed }
            return own.occasions
        }
        var occasions: [Occasion] = []
        if exposure == .onDemand {
            occasions = advance(to: .taken) { $0.stage == .waiting && $0.notBefore <= now }
            if let tick = tick(at: now) { occasions.append(Occasion(.timer, at: tick)) }
            if mode == .camera { occasions.append(Occasion(.camera)) }
        }
        return occasions.isEmpty && mode == .freeRun ? [Occasion(.freeRun)] : occasions
    }

    /// When a picture on demand will be wanted next; nil when nobody asks.
    package var nextDue: MonotonicTime? {
        let asked = commands.filter { $0.stage == .waiting }.map(\.notBefore).min()
        guard case .timer = mode else { return asked }
        return asked.map { min($0, nextTick) } ?? nextTick
    }

    /// A verdict is there for a command.
    ///
    /// - Returns: whether it is the first one, and so the one to hand on.
    package mutating func settle(_ number: UInt64) -> Bool {
        guard let place = commands.firstIndex(where: { $0.number == number }) else { return false }
        commands.remove(at: place)
        return true
    }

    package var nextDeadline: MonotonicTime? { commands.map(\.deadline).min() }

    /// Takes out the commands whose time is over; the caller answers them.
    ///
    /// - Returns: them, and the claim that nobody has any more, whose frame can go.
    package mutating func overdue(
        at now: MonotonicTime
    ) -> (commands: [(occasion: Occasion, stage: Stage)], vacantClaim: UInt64?) {
        let late = commands.filter { $0.deadline <= now }
        commands.removeAll { $0.deadline <= now }
        return (late.map { ($0.occasion, $0.stage) }, release(Set(late.map(\.number))))
    }

    /// Takes out what the frame in the slot was claimed for, because it is gone; the caller answers.
    package mutating func loseClaim() -> [Occasion] {
        defer { claim = nil }
        commands.removeAll { $0.stage == .claimed }
        return claim?.occasions.filter { $0.trigger != .timer } ?? []
    }

    /// Takes no more commands and takes out all without a worker, because the line ends; the caller answers.
    package mutating func close() -> [Occasion] {
        isClosed = true
        let rest = commands.filter { $0.stage != .taken }
        commands.removeAll { $0.stage != .taken }
        return rest.map(\.occasion)
    }

    /// Removes commands from the claim.
    ///
    /// - Returns: the claim's number when nothing is left of it.
    private mutating func release(_ numbers: Set<UInt64>) -> UInt64? {
        guard var held = claim else { return nil }
        held.occasions.removeAll { $0.number.map(numbers.contains) ?? false }
        claim = held.occasions.isEmpty ? nil : held
        return held.occasions.isEmpty ? held.number : nil
    }

    private mutating func advance(to stage: Stage, where isMeant: (Command) -> Bool) -> [Occasion] {
        var occasions: [Occasion] = []
        for place in commands.indices where isMeant(commands[place]) {
            commands[place].stage = stage
            occasions.append(commands[place].occasion)
        }
        return occasions
    }

    /// The last tick until `moment`, if one is due; those before it were missed.
    private mutating func tick(at moment: MonotonicTime) -> MonotonicTime? {
        guard case .timer(let interval) = mode, moment >= nextTick else { return nil }
        let missed = (moment.since(nextTick) / interval).rounded(.down)
        let last = nextTick.advanced(by: interval * missed)
        nextTick = last.advanced(by: interval)
        return last
    }

    private mutating func number() -> UInt64 {
        defer { nextNumber += 1 }
        return nextNumber
    }
}
