extension LineSettings {
    /// More lines than one box can judge.
    static let countLimit = 64

    /// All lines of the section `lines`, in the order of their names; nil where one is not complete.
    static func all(reading section: inout SectionReader, findings: inout SettingsFindings) -> [LineSettings]? {
        let names = section.names
        if names.count > countLimit {
            section.note("", "has \(names.count) lines, at most \(countLimit) are possible")
            section.acceptAll()
            return nil
        }
        var lines: [LineSettings] = []
        for name in names.sorted() {
            if Name.reserved.contains(name) {
                let taken = Name.reserved.joined(separator: ", ")
                section.note(name, "cannot be a line's name; the station's own topics are called \(taken)")
            } else if !Name.isValid(name) {
                section.note(name, "cannot be a line's name; a name is made of \(Name.rule)")
            }
            var reader = section.section(name)
            if let line = LineSettings(name: name, reading: &reader, findings: &findings) { lines.append(line) }
            reader.finish(into: &findings)
        }
        return lines.count == names.count ? lines : nil
    }

    private init?(name: String, reading line: inout SectionReader, findings: inout SettingsFindings) {
        let isEnabled = line.settled(SettingsKeys.lineIsEnabled)
        let supportSet = line.value(SettingsKeys.supportSet)
        let method = line.settled(SettingsKeys.method)
        let overlay = line.settled(SettingsKeys.overlay)
        let deadline = line.settled(SettingsKeys.deadline)
        let whenControlsDiffer = line.settled(SettingsKeys.whenControlsDiffer)

        let hasCamera = line.isGiven("camera")
        var section = line.section("camera")
        var controls = section.section("controls")
        let choices = ControlChoice.all(reading: &controls)
        let camera = hasCamera ? CameraSettings(reading: &section, controls: choices) : nil
        controls.finish(into: &findings)
        if !hasCamera { line.miss("camera", "give it a camera, named by its serial number or device, or a replay") }

        var turning = line.section("orientation")
        let orientation = OrientationSettings(reading: &turning)
        let hasRegion = line.isGiven("region")
        var area = line.section("region")
        let region = hasRegion ? RegionSettings(reading: &area) : nil
        if let region, case .device(let device) = camera {
            let (width, height) =
                orientation.isSideways ? (device.height, device.width) : (device.width, device.height)
            if region.x + region.width > width || region.y + region.height > height {
                let turned = orientation.isSideways ? ", turned" : ""
                line.note("region", "reaches beyond the camera's \(width) × \(height) pixels\(turned)")
            }
        }

        var picture = line.section("image")
        let image = ImageSettings(reading: &picture, camera: camera)

        var mode = line.section("trigger")
        let trigger = TriggerSettings(reading: &mode)
        section.finish(into: &findings)
        turning.finish(into: &findings)
        area.finish(into: &findings)
        picture.finish(into: &findings)
        mode.finish(into: &findings)
        guard let camera, let trigger, !hasRegion || region != nil else { return nil }
        self.init(
            name: name, isEnabled: isEnabled, camera: camera, region: region, image: image,
            supportSet: supportSet, method: method, overlay: overlay, deadline: .milliseconds(deadline),
            trigger: trigger, orientation: orientation, whenControlsDiffer: whenControlsDiffer)
    }
}

extension CameraSettings {
    fileprivate init?(reading camera: inout SectionReader, controls: [String: ControlChoice]) {
        let deviceKeys = [
            SettingsKeys.format.facts.name, SettingsKeys.width.facts.name, SettingsKeys.height.facts.name,
            SettingsKeys.controls.facts.name, SettingsKeys.warmUp.facts.name,
        ]
        let replayKeys = [SettingsKeys.loop.facts.name, SettingsKeys.wait.facts.name]
        let name = DeviceName(reading: &camera)
        let replay = camera.value(SettingsKeys.replay)
        let rate = camera.settled(SettingsKeys.rate)
        let names = DeviceName.Key.allCases.map(\.rawValue) + [SettingsKeys.replay.facts.name]
        let given = names.filter { camera.isGiven($0) }
        guard let first = given.first else {
            camera.miss(
                "name", "give one of \(names.dropLast().joined(separator: ", ")), or replay for images to play")
            camera.acceptAll(of: deviceKeys + replayKeys)
            return nil
        }
        for other in given.dropFirst() {
            camera.note(
                other, "cannot stand beside \(first); remove one of them (a later file can set the other to null)")
        }
        let isReplay = camera.isGiven(SettingsKeys.replay.facts.name)
        if isReplay, given.count > 1 {
            camera.refuse(deviceKeys + replayKeys, "belongs to a camera or to a replay; first decide for one of them")
            return nil
        }
        if isReplay {
            camera.refuse(deviceKeys, "belongs to a camera device; this line replays images in their own size")
            let loops = camera.settled(SettingsKeys.loop)
            let waits = camera.settled(SettingsKeys.wait)
            guard let replay else { return nil }
            self = .replay(ReplaySettings(path: replay, rate: rate, loops: loops, waits: waits))
        } else {
            camera.refuse(replayKeys, "belongs to replayed images; this line's camera is a device")
            let format = camera.settled(SettingsKeys.format)
            let width = camera.settled(SettingsKeys.width)
            let height = camera.settled(SettingsKeys.height)
            let warmUp = camera.settled(SettingsKeys.warmUp)
            guard let name, given.count == 1 else { return nil }
            self = .device(
                DeviceSettings(
                    name: name, format: format, width: width, height: height, rate: rate, controls: controls,
                    warmUpFrameCount: warmUp))
        }
    }
}

extension DeviceName {
    /// The first name that is given and valid.
    fileprivate init?(reading camera: inout SectionReader) {
        let keys: [(Key, SettingsKey<String>)] = [
            (.device, SettingsKeys.device), (.serial, SettingsKeys.serial), (.byID, SettingsKeys.byID),
            (.byPath, SettingsKeys.byPath), (.model, SettingsKeys.cameraModel), (.bus, SettingsKeys.bus),
        ]
        var names: [DeviceName] = []
        for (key, settingsKey) in keys {
            if let value = camera.value(settingsKey) { names.append(DeviceName(key, value)) }
        }
        guard let name = names.first else { return nil }
        self = name
    }
}

extension RegionSettings {
    fileprivate init?(reading region: inout SectionReader) {
        let remedy = "a region is x, y, width and height in frame pixels"
        let x = region.required(SettingsKeys.regionX, remedy)
        let y = region.required(SettingsKeys.regionY, remedy)
        let width = region.required(SettingsKeys.regionWidth, remedy)
        let height = region.required(SettingsKeys.regionHeight, remedy)
        guard let x, let y, let width, let height else { return nil }
        self.init(x: x, y: y, width: width, height: height)
    }
}

extension TriggerSettings {
    fileprivate init?(reading trigger: inout SectionReader) {
        let mode = trigger.settled(SettingsKeys.triggerMode)
        if mode != .timer {
            trigger.refuse(
                [SettingsKeys.triggerInterval.facts.name], "is for the timer; set mode to timer, or leave it out")
        }
        if mode != .command {
            trigger.refuse(
                [SettingsKeys.triggerDelay.facts.name], "is for commands; set mode to command, or leave it out")
        }
        switch mode {
        case .freeRun: self = .freeRun
        case .timer:
            let interval = trigger.required(SettingsKeys.triggerInterval, "say how often the timer judges a frame")
            guard let interval else { return nil }
            self = .timer(interval: .milliseconds(interval))
        case .command: self = .command(delay: .milliseconds(trigger.settled(SettingsKeys.triggerDelay)))
        case .camera: self = .camera
        }
    }
}
