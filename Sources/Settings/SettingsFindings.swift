/// What was found wrong while reading.
struct SettingsFindings {
    var problems: [SettingsProblem] = []
    /// Keys that are missing, reported only where every file could be read.
    var absences: [SettingsProblem] = []
}
