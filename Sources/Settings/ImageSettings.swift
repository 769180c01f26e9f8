/// What makes a line refuse a picture before it is judged.
package struct ImageSettings: Equatable, Sendable {
    /// A picture that stays identical for as long is frozen; zero: never.
    package let frozenAfter: Duration

    /// How far the light may lie beyond that of the set's own images, in stops; zero: as far as it likes.
    package let exposureLimit: Double
    package let colourLimit: Double
    package let whenLightDrifts: DriftPolicy

    package init(
        frozenAfter: Duration, exposureLimit: Double = 0.35, colourLimit: Double = 0.2,
        whenLightDrifts: DriftPolicy = .refuse
    ) {
        self.frozenAfter = frozenAfter
        self.exposureLimit = exposureLimit
        self.colourLimit = colourLimit
        self.whenLightDrifts = whenLightDrifts
    }
}

/// What a line does with a picture taken in another light than the set's own.
package enum DriftPolicy: String, CaseIterable, Sendable {
    /// It gets `no_verdict`.
    case refuse

    /// It is judged, and the verdict names the reason.
    case warn
}

extension ImageSettings {
    /// A camera's pictures differ by their noise; a replay may well repeat one.
    private static let frozenAfterStandard = 3000

    init(reading image: inout SectionReader, camera: CameraSettings?) {
        let isReplay = if case .replay = camera { true } else { false }
        let frozenAfter = image.value(SettingsKeys.frozenAfter) ?? (isReplay ? 0 : Self.frozenAfterStandard)
        self.init(
            frozenAfter: .milliseconds(frozenAfter), exposureLimit: image.settled(SettingsKeys.exposureLimit),
            colourLimit: image.settled(SettingsKeys.colourLimit),
            whenLightDrifts: image.settled(SettingsKeys.whenLightDrifts))
    }
}
