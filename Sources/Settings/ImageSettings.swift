/// What makes a line refuse a picture before it is judged.
package struct ImageSettings: Equatable, Sendable {
    /// A picture that stays identical for as long is frozen; zero: never.
    package let frozenAfter: Duration

    package init(frozenAfter: Duration) {
        self.frozenAfter = frozenAfter
    }
}

extension ImageSettings {
    /// A camera's pictures differ by their noise; a replay may well repeat one.
    private static let frozenAfterStandard = 3000

    init(reading image: inout SectionReader, camera: CameraSettings?) {
        let isReplay = if case .replay = camera { true } else { false }
        let frozenAfter = image.value(SettingsKeys.frozenAfter) ?? (isReplay ? 0 : Self.frozenAfterStandard)
        self.init(frozenAfter: .milliseconds(frozenAfter))
    }
}
