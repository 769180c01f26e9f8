/// How far the numbers of one line, or of the events, have come.
package struct OutboxStream: Equatable, Sendable {
    /// The highest number given.
    package var last: UInt64

    /// The highest number that was made ready to go out.
    ///
    /// Whatever lies between it and the next message that is made ready was given up: the gap itself is what
    /// `dropped_before` says, so that none can go unannounced.
    package var sealed: UInt64

    /// Messages given up after they were made ready, which no later message has announced yet.
    package var givenUp: UInt64

    package init(last: UInt64 = 0, sealed: UInt64 = 0, givenUp: UInt64 = 0) {
        self.last = last
        self.sealed = sealed
        self.givenUp = givenUp
    }

    /// How many messages just before `sequence` never go out.
    func droppedBefore(_ sequence: UInt64) -> UInt64 {
        givenUp + (sequence > sealed ? sequence - sealed - 1 : 0)
    }
}
