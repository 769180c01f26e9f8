internal import Assessment
internal import Settings

extension LightLimits {
    init(_ settings: ImageSettings) {
        self.init(
            exposure: Self.limit(settings.exposureLimit), colour: Self.limit(settings.colourLimit),
            isOnlyWarned: settings.whenLightDrifts == .warn)
    }

    private static func limit(_ stops: Double) -> Float { stops == 0 ? .infinity : Float(stops) }
}
