/// What a station can be told to do from outside.
package enum CommandName: String, Sendable, CaseIterable {
    /// Judge one frame that is exposed after the command.
    case inspect

    /// Read the settings and support sets again.
    case reload
}
