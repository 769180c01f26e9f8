/// One line: a camera, its region of interest and what it is judged by.
package struct LineSettings: Equatable, Sendable {
    package var name: String
    package var isEnabled: Bool
    package var camera: CameraSettings
    /// The part of the frame that is judged; nil for the whole frame.
    package var region: RegionSettings?
    /// A support set's directory.
    package var supportSet: String
    package var method: JudgementMethod
    package var overlay: OverlayPolicy
    /// The time from capture within which a verdict is due.
    package var deadline: Duration
    package var trigger: TriggerSettings
}
