/// One thing that `assayctl doctor` looked at.
struct DoctorFinding {
    enum Grade: String {
        case ok, warning, error
    }

    let grade: Grade
    let what: String

    /// Something outside this box or this program cannot be reached, rather than being wrong.
    var isUnreachable = false

    static func ok(_ what: String) -> DoctorFinding { DoctorFinding(grade: .ok, what: what) }

    /// - Parameter remedy: what to do about it.
    static func warning(_ what: String, _ remedy: String) -> DoctorFinding {
        DoctorFinding(grade: .warning, what: "\(what); \(remedy)")
    }

    static func error(_ what: String, _ remedy: String) -> DoctorFinding {
        DoctorFinding(grade: .error, what: "\(what); \(remedy)")
    }

    static func unreachable(_ what: String, _ remedy: String) -> DoctorFinding {
        DoctorFinding(grade: .error, what: "\(what); \(remedy)", isUnreachable: true)
    }

    var line: String { grade.rawValue.padded(to: 8) + what }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
