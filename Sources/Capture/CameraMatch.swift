/// Which of the nodes there are is the camera that a name means.
package enum CameraMatch: Equatable, Sendable {
    case one(CameraNode)
    case none

    /// More than one node; those whose kind is not known yet may turn out to be no cameras.
    case several([CameraNode])

    /// - Parameter nodes: every video node of the machine; those known to be for something else are left out.
    package init(of name: CameraName, among nodes: [CameraNode]) {
        let matching = nodes.filter { $0.kind != .other && $0.value(of: name.key) == name.value }
        self =
            switch matching.count {
            case 0: .none
            case 1: .one(matching[0])
            default: .several(matching)
            }
    }
}
