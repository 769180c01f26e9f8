internal import Settings
internal import Testing

/// Each mistake is told with file, line, key and what to do.
@Suite struct BadSettingsTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let text: String
        let problem: String
        var testDescription: String { problem }

        init(_ text: String, _ problem: String) {
            self.text = text
            self.problem = problem
        }
    }

    private static let camera = "camera: {device: /dev/video0}"
    private static let set = "support_set: /set"

    static let mistakes: [Mistake] = [
        // unknown keys
        Mistake("wokers: 2", "1: wokers: is not a known key; did you mean \"workers\"?"),
        Mistake(
            "mqtt:\n  keep-alive-s: 20", "2: mqtt.keep-alive-s: is not a known key; did you mean \"keep_alive_s\"?"),
        Mistake("mqtt:\n  Host: x", "2: mqtt.Host: is not a known key; did you mean \"host\"?"),
        Mistake("port: 1883", "1: port: is not a known key; it belongs under \"mqtt\""),
        Mistake(
            "mqtt:\n  host: a\n  workers: 2",
            "3: mqtt.workers: is not a known key; it belongs at the top, without indentation"),
        Mistake("log: {colour: red}", "1: log.colour: is not a known key; known here: level"),
        // wrong types
        Mistake("workers: many", "1: workers: must be a whole number from 1 to 64, not \"many\""),
        Mistake("workers: \"4\"", "1: workers: must be a whole number from 1 to 64, not \"4\" in quotes"),
        Mistake("workers: 1.5", "1: workers: must be a whole number from 1 to 64, not \"1.5\""),
        Mistake("workers: 0x10", "1: workers: must be a whole number from 1 to 64, not \"0x10\""),
        Mistake(
            "workers:",
            "1: workers: has no value; give one, or leave the key out (default: the number of cores, at most 2)"),
        Mistake(
            "workers: [1, 2]",
            "1: workers: must be a single value, not a list or section (integer, 1 to 64; default: the number of cores, at most 2; restart)"
        ),
        Mistake("mqtt: {enabled: yes}", "1: mqtt.enabled: must be true or false, not \"yes\""),
        Mistake("mqtt: {enabled: \"true\"}", "1: mqtt.enabled: must be true or false, not \"true\" in quotes"),
        Mistake("mqtt: localhost", "1: mqtt: must be a section with keys, not \"localhost\""),
        Mistake("\nlines:\n  - a\n  - b", "3: lines: must be a section with keys, not a list"),
        Mistake(
            "log: {level: warn}",
            "1: log.level: must be one of trace, debug, info, notice, warning, error, critical, not \"warn\""),
        Mistake(
            "log: {level: Notice}",
            "1: log.level: must be one of trace, debug, info, notice, warning, error, critical, not \"Notice\"; did you mean \"notice\"?"
        ),
        // out of range
        Mistake("workers: 0", "1: workers: must be a whole number from 1 to 64, not \"0\""),
        Mistake("workers: 65", "1: workers: must be a whole number from 1 to 64, not \"65\""),
        Mistake(
            "workers: 99999999999999999999",
            "1: workers: must be a whole number from 1 to 64, not \"99999999999999999999\""),
        Mistake(
            "mqtt:\n  tls:",
            "2: mqtt.tls: says nothing; write enabled: true for TLS, or leave the section out"),
        Mistake(
            "mqtt:\n  tls: {}",
            "2: mqtt.tls: says nothing; write enabled: true for TLS, or leave the section out"),
        Mistake("mqtt: {tls: true}", "1: mqtt.tls: must be a section with keys, not \"true\""),
        Mistake(
            "mqtt: {tls: {certificate: c.pem}}",
            "1: mqtt.tls.certificate: needs the key that belongs to it beside it"),
        Mistake(
            "mqtt: {tls: {key: c.key}}",
            "1: mqtt.tls.key: needs the certificate that it belongs to beside it"),
        Mistake(
            "mqtt: {tls: {ca: c.pem, minimum_version: 1.1}}",
            "1: mqtt.tls.minimum_version: must be one of 1.2, 1.3, not \"1.1\"; did you mean \"1.2\"?"),
        Mistake(
            "mqtt: {tls: {ca: c.pem, insecure: true}}",
            "1: mqtt.tls.insecure: is not a known key; known here: ca, certificate, enabled, key, minimum_version"),
        Mistake("mqtt: {port: 65536}", "1: mqtt.port: must be a whole number from 1 to 65535, not \"65536\""),
        Mistake(
            "mqtt: {commands: true, allow: inspect}",
            "1: mqtt.allow: must be a list, such as [inspect] (list of inspect, reload, snapshot, mark, support-set/prepare, support-set/activate, support-set/rollback; default: [inspect]; restart)"
        ),
        Mistake(
            "mqtt: {commands: true, allow: [inspct]}",
            "1: mqtt.allow: holds \"inspct\", which is none of inspect, reload, snapshot, mark, support-set/prepare, support-set/activate, support-set/rollback; did you mean \"inspect\"?"
        ),
        Mistake(
            "mqtt: {commands: true, allow: [[inspect]]}",
            "1: mqtt.allow: holds something that is no word; it is a list of inspect, reload, snapshot, mark, support-set/prepare, support-set/activate, support-set/rollback"
        ),
        Mistake("health: {interval_s: 0}", "1: health.interval_s: must be a whole number from 1 to 3600 s, not \"0\""),
        // texts
        Mistake(
            "station: {name: Press 3}",
            "1: station.name: must be a-z, 0-9, _ and -, beginning with a letter or digit, at most 64 characters, not \"Press 3\""
        ),
        Mistake(
            "mqtt: {host: \"mqtt://broker\"}",
            "1: mqtt.host: must be a host name or address alone, not \"mqtt://broker\"; the port is a key of its own"),
        Mistake(
            "mqtt: {prefix: /assay}",
            "1: mqtt.prefix: must be topic levels joined by /, none empty, without +, # or a leading $, at most 200 bytes, not \"/assay\""
        ),
        Mistake(
            "mqtt: {prefix: \"a/#\"}",
            "1: mqtt.prefix: must be topic levels joined by /, none empty, without +, # or a leading $, at most 200 bytes, not \"a/#\""
        ),
        Mistake(
            "mqtt: {prefix: $SYS/a}",
            "1: mqtt.prefix: must be topic levels joined by /, none empty, without +, # or a leading $, at most 200 bytes, not \"$SYS/a\""
        ),
        Mistake("mqtt: {username: \"\"}", "1: mqtt.username: must not be empty"),
        Mistake(
            "mqtt: {client_id: \"a\\nb\\e[2J\"}",
            "1: mqtt.client_id: must not hold control characters, as \"a\\u{a}b\\u{1b}[2J\" does"),
        Mistake(
            "model: ~/bundle", "1: model: must be an absolute path, or one from this file's folder; ~ is not expanded"),
        // secrets
        Mistake(
            "mqtt:\n  username: u\n  password: hunter2",
            "3: mqtt.password: a password does not belong in this file, which others may read; write it to a file of its own (mode 0600, owner assay) and name that file in password_file"
        ),
        Mistake("mqtt:\n  password_file: /p", "2: mqtt.password_file: needs a username beside it"),
        // lines
        Mistake(
            "lines:\n  Bottle: {\(camera), \(set)}",
            "2: lines.Bottle: cannot be a line's name; a name is made of a-z, 0-9, _ and -, beginning with a letter or digit, at most 64 characters"
        ),
        Mistake(
            "lines:\n  status: {\(camera), \(set)}",
            "2: lines.status: cannot be a line's name; the station's own topics are called status, event, health, command"
        ),
        Mistake(
            "lines:\n  a: {\(set)}",
            "2: lines.a: has no camera; give it a camera, named by its serial number or device, or a replay"),
        Mistake(
            "lines:\n  a: {camera: {rate: 5}, \(set)}",
            "2: lines.a.camera: has no name; give one of device, serial, by_id, by_path, model, bus, or replay for images to play"
        ),
        Mistake(
            "lines:\n  a:\n    \(set)\n    camera:\n      device: video0",
            "5: lines.a.camera.device: must be a path such as /dev/video0, not \"video0\""),
        Mistake(
            "lines:\n  a:\n    \(set)\n    camera: {device: /dev/v,\n      replay: x}",
            "5: lines.a.camera.replay: cannot stand beside device; remove one of them (a later file can set the other to null)"
        ),
        Mistake(
            "lines:\n  a:\n    \(set)\n    camera: {replay: x,\n      width: 640}",
            "5: lines.a.camera.width: belongs to a camera device; this line replays images in their own size"),
        Mistake(
            "lines:\n  a:\n    \(set)\n    camera: {device: /dev/v,\n      wait: true}",
            "5: lines.a.camera.wait: belongs to replayed images; this line's camera is a device"),
        Mistake(
            "lines: {a: {\(set), camera: {device: /d, rate: fast}}}",
            "1: lines.a.camera.rate: must be a number from 0.01 to 1000 frames/s, not \"fast\""),
        Mistake(
            "lines: {a: {\(set), camera: {device: /d, rate: .inf}}}",
            "1: lines.a.camera.rate: must be a number from 0.01 to 1000 frames/s, not \".inf\""),
        Mistake(
            "lines: {a: {\(set), camera: {device: /d, rate: nan}}}",
            "1: lines.a.camera.rate: must be a number from 0.01 to 1000 frames/s, not \"nan\""),
        Mistake(
            "lines: {a: {\(set), camera: {device: /d, format: yuy2}}}",
            "1: lines.a.camera.format: must be one of auto, yuyv, uyvy, yvyu, vyuy, nv12, nv21, yuv420, yvu420, nv16, "
                + "nv61, yuv422p, grey, y10, y12, y16, rgb24, bgr24, bggr8, gbrg8, grbg8, rggb8, mjpeg, or four letters "
                + "of V4L2 such as RGBP, not \"yuy2\"; did you mean \"yuyv\"?"
        ),
        Mistake(
            "lines:\n  a:\n    \(camera)\n    \(set)\n    region: {x: 600, y: 0, width: 41, height: 16}",
            "5: lines.a.region: reaches beyond the camera's 640 × 480 pixels"),
        Mistake(
            "lines:\n  a:\n    \(camera)\n    \(set)\n    orientation: {rotate: 90}\n"
                + "    region: {x: 465, y: 0, width: 16, height: 640}",
            "6: lines.a.region: reaches beyond the camera's 480 × 640 pixels, turned"),
        Mistake(
            "lines: {a: {\(camera), \(set), orientation: {rotate: 45}}}",
            "1: lines.a.orientation.rotate: must be one of 0, 90, 180, 270 degrees, not \"45\""),
        Mistake(
            "lines: {a: {\(camera), \(set), orientation: {flip: horizontally}}}",
            "1: lines.a.orientation.flip: must be one of none, horizontal, vertical, not \"horizontally\"; "
                + "did you mean \"horizontal\"?"),
        Mistake(
            "lines:\n  a:\n    \(camera)\n    \(set)\n    region: {x: 600, y: 0, width: 40}",
            "5: lines.a.region: has no height; a region is x, y, width and height in frame pixels"),
        Mistake(
            "lines: {a: {\(camera), \(set), region: {x: -1, y: 0, width: 40, height: 40}}}",
            "1: lines.a.region.x: must be a whole number from 0 to 16383 pixels, not \"-1\""),
        Mistake(
            "lines: {a: {\(camera), \(set), trigger: {mode: timer}}}",
            "1: lines.a.trigger: has no interval_ms; say how often the timer judges a frame"),
        Mistake(
            "lines: {a: {\(camera), \(set), trigger: {interval_ms: 50}}}",
            "1: lines.a.trigger.interval_ms: is for the timer; set mode to timer, or leave it out"),
        Mistake(
            "lines: {a: {\(set), camera: {device: /d, controls: {Gain: 3}}}}",
            "1: lines.a.camera.controls.Gain: is no control's name; it is a-z, 0-9 and _, as \"assayctl cameras\" prints it"
        ),
        Mistake(
            "lines: {a: {\(set), camera: {device: /d, controls: {gain: 1.5}}}}",
            "1: lines.a.camera.controls.gain: must be a whole number, true, false or a menu's entry, not \"1.5\""),
        Mistake(
            "lines: {a: {\(set), camera: {device: /d, controls: {gain: 99999999999999999999}}}}",
            "1: lines.a.camera.controls.gain: must be a whole number, true, false or a menu's entry, not \"99999999999999999999\""
        ),
        Mistake(
            "lines: {a: {\(set), camera: {device: /d, controls: {gain: [1]}}}}",
            "1: lines.a.camera.controls.gain: must be a single value, not a list or section (a section of control names, each with a whole number, true, false or a menu's entry; default: as it is; live, restarts this line's camera)"
        ),
        Mistake(
            "lines: {a: {\(set), camera: {device: /d, controls: gain}}}",
            "1: lines.a.camera.controls: must be a section with keys, not \"gain\""),
        Mistake(
            "lines: {a: {\(set), camera: {replay: /d, controls: {gain: 1}}}}",
            "1: lines.a.camera.controls: belongs to a camera device; this line replays images in their own size"),
        Mistake(
            "lines: {a: {\(set), camera: {device: /d, warm_up_frames: 1001}}}",
            "1: lines.a.camera.warm_up_frames: must be a whole number from 0 to 1000 frames, not \"1001\""),
        Mistake(
            "lines: {a: {\(camera), \(set), when_controls_differ: ignore}}",
            "1: lines.a.when_controls_differ: must be one of refuse, warn, not \"ignore\""),
        Mistake(
            "lines: {a: {\(camera), \(set), method: padim}}",
            "1: lines.a.method: must be one of assay, objectcore, romad, not \"padim\""),
        Mistake(
            "lines:\n  a:\n    \(set)\n    camera: {serial: A,\n      bus: usb-h-1}",
            "5: lines.a.camera.bus: cannot stand beside serial; remove one of them (a later file can set the other to null)"
        ),
        Mistake(
            "lines: {a: {\(set), camera: {by_id: /dev/v4l/by-id/x}}}",
            "1: lines.a.camera.by_id: must be the name of a link without its folder, such as \"x\""),
        Mistake(
            "lines: {a: {\(set), camera: {serial: A, loop: true}}}",
            "1: lines.a.camera.loop: belongs to replayed images; this line's camera is a device"),
    ]

    @Test(arguments: mistakes)
    func isToldWithPlaceAndRemedy(_ mistake: Mistake) throws {
        #expect(try problems(mistake.text) == ["assay.yaml:" + mistake.problem])
    }

    @Test func allProblemsAreToldAtOnceInTheOrderOfTheLines() throws {
        let found = try problems(
            """
            workers: many
            mqtt:
              prot: 1
              enabled: maybe
            lines:
              b: {support_set: /b}
              A:
                camera: {device: /dev/video0}
                overlay: allways
            """)
        #expect(
            found == [
                "assay.yaml:1: workers: must be a whole number from 1 to 64, not \"many\"",
                "assay.yaml:3: mqtt.prot: is not a known key; did you mean \"port\"?",
                "assay.yaml:4: mqtt.enabled: must be true or false, not \"maybe\"",
                "assay.yaml:6: lines.b: has no camera; give it a camera, named by its serial number or device, or a replay",
                "assay.yaml:7: lines.A: cannot be a line's name; a name is made of a-z, 0-9, _ and -, "
                    + "beginning with a letter or digit, at most 64 characters",
                "assay.yaml:9: lines.A.overlay: must be one of never, fail, always, not \"allways\"; "
                    + "did you mean \"always\"?",
            ])
    }

    @Test func moreLinesThanABoxCanJudgeAreRefused() throws {
        let lines = (0...64).map { "  l\($0): {camera: {device: /dev/v}, support_set: /s}\n" }
        #expect(
            try problems("lines:\n" + lines.joined()) == ["assay.yaml:1: lines: has 65 lines, at most 64 are possible"])
    }

    @Test func aKeyThatIsAlwaysRefusedIsNotSuggested() throws {
        let found = try problems("mqtt: {pasword: hunter2}").joined()
        #expect(found.hasPrefix("assay.yaml:1: mqtt.pasword: is not a known key; known here: allow, client_id, "))
        #expect(!found.contains("hunter2"))
    }

    @Test func aPasswordIsNotRepeatedInTheError() throws {
        #expect(try !problems("mqtt: {password: hunter2}").joined().contains("hunter2"))
    }
}
