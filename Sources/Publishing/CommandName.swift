/// What a station can be told to do from outside.
package enum CommandName: String, Sendable, CaseIterable {
    /// Judge one frame that is exposed after the command.
    case inspect

    /// Read the settings and support sets again.
    case reload

    /// Answer with a picture of a line.
    case snapshot

    /// Say whether a verdict was right.
    case mark

    /// Fetch, check and verify a support set, so that it can take over at once.
    case prepareSet = "support-set/prepare"

    /// Judge by the prepared set from the next frame on.
    case activateSet = "support-set/activate"

    /// Judge by the set before again.
    case rollBackSet = "support-set/rollback"
}

extension CommandName {
    /// The members that belong to it beside those that all have.
    var members: [String] {
        switch self {
        case .inspect: ["line", "metadata"]
        case .reload: []
        case .snapshot: ["line"]
        case .mark: ["line", "verdict", "as", "note"]
        case .prepareSet, .activateSet, .rollBackSet: ["line", "lines", "set"]
        }
    }

    /// Those of them that must be there.
    var required: [String] {
        switch self {
        case .inspect, .snapshot: ["line"]
        case .mark: ["line", "verdict", "as"]
        case .prepareSet: ["set"]
        case .reload, .activateSet, .rollBackSet: []
        }
    }
}
