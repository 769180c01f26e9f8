/// The controls of a camera as they were last read, and the wishes that they do not fulfil.
package struct CameraControls: Equatable, Sendable {
    /// In the driver's order.
    package let list: [CameraControl]

    /// Empty when all that was wished for is in force.
    package let faults: [ControlFault]

    package init(_ list: [CameraControl], faults: [ControlFault] = []) {
        self.list = list
        self.faults = faults
    }

    /// A source that has none.
    package static let none = CameraControls([])

    /// More are listed, but not read out to others.
    package static let mostValues = 128

    /// The values that can be read, by name.
    package var values: [String: Int64] { values { _ in true } }

    /// The values that stay as they were set and shape the picture: what a support set remembers.
    package var steadyValues: [String: Int64] { values(where: \.isSteady) }

    private func values(where isWanted: (CameraControl) -> Bool) -> [String: Int64] {
        var values: [String: Int64] = [:]
        for control in list where values.count < Self.mostValues && isWanted(control) {
            if let value = control.value { values[control.name] = value }
        }
        return values
    }

    package func control(named name: String) -> CameraControl? { list.first { $0.name == name } }
}
