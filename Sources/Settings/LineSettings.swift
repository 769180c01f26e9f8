/// One line: a camera, its region of interest and what it is judged by.
package struct LineSettings: Equatable, Sendable {
    package let name: String
    package let isEnabled: Bool
    package let camera: CameraSettings
    package let orientation: OrientationSettings
    /// The part of the turned frame that is judged; nil for the whole frame.
    package let region: RegionSettings?
    package let image: ImageSettings
    /// A support set's directory; nil for a line that streams without giving verdicts.
    package let supportSet: String?
    package let method: JudgementMethod
    package let overlay: OverlayPolicy
    /// The time from capture within which a verdict is due.
    package let deadline: Duration
    package let trigger: TriggerSettings
    /// What happens while the camera's controls are not those of the settings or of the support set.
    package let whenControlsDiffer: DoubtPolicy

    package init(
        name: String, isEnabled: Bool, camera: CameraSettings, region: RegionSettings?, image: ImageSettings,
        supportSet: String?, method: JudgementMethod, overlay: OverlayPolicy, deadline: Duration,
        trigger: TriggerSettings, orientation: OrientationSettings = OrientationSettings(),
        whenControlsDiffer: DoubtPolicy = .refuse
    ) {
        self.name = name
        self.isEnabled = isEnabled
        self.camera = camera
        self.orientation = orientation
        self.region = region
        self.image = image
        self.supportSet = supportSet
        self.method = method
        self.overlay = overlay
        self.deadline = deadline
        self.trigger = trigger
        self.whenControlsDiffer = whenControlsDiffer
    }
}
