/// Names of controls as `v4l2-ctl` makes them of the driver's words.
package enum ControlName {
    static let lengthLimit = 64

    /// `Exposure Time, Absolute` → `exposure_time_absolute`: letters in lower case, all between words one underscore.
    package static func plain(_ words: String) -> String {
        var name = ""
        var isBetween = false
        for scalar in words.unicodeScalars.prefix(lengthLimit) {
            let isWord =
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
            guard isWord else {
                isBetween = true
                continue
            }
            if isBetween, !name.isEmpty { name.append("_") }
            isBetween = false
            name.append(String(scalar).lowercased())
        }
        return name
    }

    /// The numbers that a name may stand for where no control of the camera has that very name: everyday words, and
    /// the names that other kernels give to the same control.
    static let aliases: [String: [UInt32]] = [
        "exposure": [exposureAbsolute],
        "exposure_absolute": [exposureAbsolute],
        "exposure_time_absolute": [exposureAbsolute],
        "auto_exposure": [autoExposure],
        "exposure_auto": [autoExposure],
        "gain": [gain, analogueGain],
        "white_balance": [whiteBalanceTemperature],
        "white_balance_temperature": [whiteBalanceTemperature],
        "white_balance_automatic": [autoWhiteBalance],
        "white_balance_temperature_auto": [autoWhiteBalance],
        "auto_white_balance": [autoWhiteBalance],
        "focus": [focusAbsolute],
        "focus_absolute": [focusAbsolute],
        "focus_automatic_continuous": [autoFocus],
        "focus_auto": [autoFocus],
        "power_line_frequency": [powerLineFrequency],
    ]

    /// Switches that take other controls over: set before them.
    static let automatics: Set<UInt32> = [
        autoExposure, autoWhiteBalance, autoFocus, autoGain, autoBrightness, autoHue, autoISO, lockOfAutomatics,
    ]

    /// What the automatic is called that rules a control.
    static let automaticNames: [UInt32: String] = [
        exposureAbsolute: "auto_exposure", whiteBalanceTemperature: "white_balance_automatic",
        focusAbsolute: "focus_automatic_continuous", gain: "gain_automatic",
    ]

    // V4L2_CID_… of <linux/v4l2-controls.h>: macros with casts, which Swift does not see.
    private static let userBase: UInt32 = 0x0098_0900
    private static let cameraBase: UInt32 = 0x009A_0900
    private static let autoWhiteBalance = userBase + 12
    private static let autoGain = userBase + 18
    private static let gain = userBase + 19
    private static let powerLineFrequency = userBase + 24
    private static let autoHue = userBase + 25
    private static let whiteBalanceTemperature = userBase + 26
    private static let autoBrightness = userBase + 32
    private static let autoExposure = cameraBase + 1
    private static let exposureAbsolute = cameraBase + 2
    private static let focusAbsolute = cameraBase + 10
    private static let autoFocus = cameraBase + 12
    private static let autoISO = cameraBase + 24
    private static let lockOfAutomatics = cameraBase + 27
    private static let analogueGain: UInt32 = 0x009E_0903
}
