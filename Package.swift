// swift-tools-version: 6.2
import PackageDescription

/// The path of libFuzzer's library: everything of ours is then built for it (Tools/fuzz.sh).
let fuzzer = Context.environment["ASSAY_FUZZER"]

/// Every Swift target is built with strict memory safety and with warnings as errors.
let swiftSettings: [SwiftSetting] =
    [
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (fuzzer == nil ? [] : [.unsafeFlags(["-sanitize=fuzzer,address"])])

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

let numerics: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let sqlite: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "assay",
    products: [
        .executable(name: "assayd", targets: ["assayd"]),
        .executable(name: "assayctl", targets: ["assayctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // rank 0: C
        .target(name: "CLinux"),
        .target(name: "CVideo4Linux"),
        .target(name: "CV4LConvert", linkerSettings: [.linkedLibrary("v4lconvert")]),
        .target(name: "COpenVINO"),
        .target(name: "CNearest"),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas"),
        .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg"),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng"),
        .systemLibrary(name: "CFreeType", pkgConfig: "freetype2"),
        .systemLibrary(name: "CMosquitto", pkgConfig: "libmosquitto"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl"),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd"),
        .systemLibrary(name: "CUdev", pkgConfig: "libudev"),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl"),

        // rank 1
        room("LinearAlgebra", ["CNearest", "COpenBLAS", numerics]),
        room("Imaging", ["CTurboJPEG", "CPNG", "CFreeType", "CV4LConvert"]),
        room("Settings", [yams]),
        room("Metrics"),

        // rank 2
        room("Inference", ["Imaging", crypto]),
        room("Matching", ["LinearAlgebra", numerics]),
        room("Regions", ["Imaging", "Inference", numerics]),
        room("Annotations", ["Imaging"]),

        // rank 3
        room("Composition", ["Imaging", "Inference", "LinearAlgebra", "Regions", numerics]),

        // rank 4
        room("SupportSets", ["Imaging", "Inference", "LinearAlgebra", "Composition", crypto]),
        room("Verdicts", ["Imaging", "Inference", "LinearAlgebra", "Matching", "Composition", numerics]),

        // rank 5
        room(
            "Assessment",
            [
                "Imaging", "Inference", "LinearAlgebra", "Regions", "Composition", "Matching", "SupportSets",
                "Verdicts",
                numerics,
            ]),

        // rank 6
        room(
            "Enrolment",
            [
                "Imaging", "Inference", "LinearAlgebra", "Annotations", "Regions", "Composition", "Matching",
                "SupportSets", "Verdicts", "Assessment", numerics,
            ]),
        room("InferenceRuntime", ["COpenVINO", "Imaging", "Inference", numerics]),
        room("Capture", ["CVideo4Linux", "CUdev", "CLinux", "Imaging"]),
        room("Publishing", ["CMosquitto", "COpenSSL", "CLinux", "Imaging", "Verdicts", sqlite]),
        room("Health", ["CSystemd", logging]),

        // rank 7
        room(
            "Station",
            [
                "CCurl", "CLinux", "Imaging", "Settings", "Inference", "SupportSets", "Verdicts", "Assessment",
                "InferenceRuntime",
                "Capture", "Publishing", "Health", logging, lifecycle, signals, crypto,
            ]),

        room(
            "Evaluation",
            [
                "Metrics", "Imaging", "Inference", "Regions", "SupportSets", "Annotations", "Verdicts", "Assessment",
                "Enrolment",
            ]),

        // rank 8
        .executableTarget(
            name: "assayd",
            dependencies: ["LinearAlgebra", "Settings", "Health", "Station", logging, lifecycle, signals, arguments],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "assayctl",
            dependencies: [
                "CLinux", "LinearAlgebra", "Imaging", "Settings", "Inference", "Annotations", "Composition", "Matching",
                "SupportSets",
                "Verdicts", "Assessment", "Enrolment", "Evaluation", "InferenceRuntime", "Capture", "Publishing",
                "Health",
                "Station", logging, arguments,
            ], swiftSettings: swiftSettings),

        // programs and helpers of the tests
        room("AssayTestSupport", ["CLinux", "Imaging", "Inference"]),
        .target(name: "CAllocations", path: "Tests/Benchmarks/CAllocations"),
        .executableTarget(
            name: "assay-bench",
            dependencies: [
                "CAllocations", "LinearAlgebra", "Imaging", "Inference", "Regions", "Matching", "SupportSets",
                "Verdicts", "Assessment", "Enrolment", "InferenceRuntime", "Publishing", "Station",
            ], path: "Tests/Benchmarks/AssayBench",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "fit-selection",
            dependencies: [
                "Imaging", "Inference", "Regions", "Composition", "Assessment", "Enrolment", "InferenceRuntime",
            ], path: "Tools/selection/FitSelection", swiftSettings: swiftSettings),
        .executableTarget(
            name: "capture-probe", dependencies: ["Capture", "Imaging"], path: "Tests/CaptureProbe",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "health-probe", dependencies: ["Health", logging], path: "Tests/Systemd/Probe",
            swiftSettings: swiftSettings),

        tests("LinearAlgebraTests", ["LinearAlgebra"]),
        tests("ImagingTests", ["Imaging"]),
        tests("SettingsTests", ["Settings"]),
        tests("MetricsTests", ["Metrics"]),
        tests("InferenceTests", ["Imaging", "Inference"]),
        tests("MatchingTests", ["LinearAlgebra", "Matching"]),
        tests("RegionsTests", ["Imaging", "Inference", "Regions"]),
        tests("AnnotationsTests", ["Imaging", "Annotations", "AssayTestSupport"]),
        tests("CompositionTests", ["Imaging", "Inference", "Composition"]),
        tests("VerdictsTests", ["Imaging", "Inference", "LinearAlgebra", "Matching", "Verdicts"]),
        tests("InferenceRuntimeTests", ["InferenceRuntime", "Inference", "Imaging"]),
        tests("CaptureTests", ["Capture", "Imaging"]),
        tests("PublishingTests", ["Publishing", "Verdicts", "Imaging", "AssayTestSupport"]),
        tests("HealthTests", ["Health", "CSystemd", logging]),
        tests(
            "SupportSetsTests", ["Imaging", "Inference", "Composition", "SupportSets", "AssayTestSupport"]),
        tests(
            "AssessmentTests",
            [
                "Imaging", "Inference", "LinearAlgebra", "Regions", "Composition", "Matching", "SupportSets",
                "Verdicts",
                "Assessment", "Enrolment", "AssayTestSupport",
            ]),
        tests(
            "EnrolmentTests",
            [
                "Imaging", "Inference", "Regions", "Annotations", "Composition", "SupportSets", "Verdicts",
                "Assessment",
                "Enrolment", "AssayTestSupport",
            ]),
        tests(
            "EvaluationTests",
            [
                "Metrics", "Imaging", "Inference", "Verdicts", "Assessment", "Enrolment", "Evaluation",
                "AssayTestSupport",
            ]),
        tests(
            "StationTests",
            [
                "Imaging", "Settings", "Inference", "InferenceRuntime", "SupportSets", "Verdicts", "Assessment",
                "Enrolment", "Capture", "Publishing", "Health", "Station", "AssayTestSupport", logging,
            ]),
        tests("AssayctlTests", ["assayctl", "Imaging", "Inference", "Publishing", "AssayTestSupport"]),
    ]
)

if let fuzzer {
    package.targets += [
        .target(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
        // One file of Station, without all that Station needs.
        .target(name: "ControlMessages", path: "Tests/Fuzz/ControlMessages", swiftSettings: swiftSettings),
        .executableTarget(
            name: "assay-fuzz",
            dependencies: [
                "CFuzzer", "ControlMessages", "Imaging", "Settings", "Inference", "Annotations", "SupportSets",
                "Publishing",
            ],
            path: "Tests/Fuzz/AssayFuzz",
            swiftSettings: swiftSettings,
            linkerSettings: [.unsafeFlags(["-sanitize=address", "-use-ld=lld", fuzzer, "-lstdc++"])]),
    ]
}
