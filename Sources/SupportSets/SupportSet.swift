internal import Crypto
internal import Foundation
internal import Glibc
internal import Imaging

/// Which set a verdict rests on.
package struct SupportSetIdentity: Equatable, Hashable, Sendable, Codable {
    package let name: String
    package let version: String

    /// SHA-256 of `manifest.json`: 64 hexadecimal digits.
    package let digest: String

    package init(name: String, version: String, digest: String) {
        self.name = name
        self.version = version
        self.digest = digest
    }
}

/// Everything enrolled from the good images, checked and mapped: a `SupportSet` that exists is whole.
package struct SupportSet: Sendable {
    package let identity: SupportSetIdentity
    package let manifest: SupportSetManifest
    package let logical: LogicalBank
    package let structural: StructuralBank

    /// What tells the classes of objects apart; nil where none were annotated.
    package let classes: ClassHead?

    package init(
        identity: SupportSetIdentity, manifest: SupportSetManifest, logical: LogicalBank, structural: StructuralBank,
        classes: ClassHead? = nil
    ) {
        self.identity = identity
        self.manifest = manifest
        self.logical = logical
        self.structural = structural
        self.classes = classes
    }

    /// Opens a set's folder: checks its signature, the digest of every file and every bound, then maps the structural
    /// bank.
    ///
    /// - Parameter keys: whose signature it must have; any or none where there are no keys.
    package init(opening directory: String, trusting keys: TrustedKeys = TrustedKeys()) throws(SupportSetError) {
        let manifestPath = directory + "/manifest.json"
        let content = try SupportSetFolder.read(manifestPath, upTo: SetBounds.mostManifestBytes)
        if !keys.isEmpty {
            try keys.check(
                manifest: content, signature: SupportSetFolder.signature(in: directory), path: directory)
        }
        let manifest = try SupportSetManifest(fileContent: content, path: manifestPath)
        try SupportSetFolder.checkFiles(of: manifest, in: directory)

        let logicalPath = directory + "/logical.bank"
        var logical = try LogicalBank(
            fileContent: SupportSetFolder.read(logicalPath, upTo: 256 << 20), path: logicalPath)
        let structuralPath = directory + "/structural.bank"
        let structural = try StructuralBank(mapping: structuralPath)
        guard logical.images.count == manifest.k, structural.imageCount == manifest.k else {
            throw .damaged(path: directory, problem: "its banks hold another number of images than its manifest")
        }
        guard structural.channelCount == logical.centre.count else {
            throw .damaged(path: directory, problem: "its banks have different channel counts")
        }
        if let surface = manifest.surface {
            guard surface.height == (structural.gridHeight + 1) / 2, surface.width == (structural.gridWidth + 1) / 2
            else {
                throw .damaged(path: directory, problem: "its surface has another grid than its structural bank")
            }
        }
        // The names are read from the bank, and files are opened by them.
        for image in logical.images where manifest.files["images/" + image.name] == nil {
            throw .damaged(path: logicalPath, problem: "it speaks of an image that the manifest does not list")
        }
        if manifest.files[ObjectLabels.fileName] != nil {
            try ObjectLabels(contentsOf: directory + "/" + ObjectLabels.fileName).name(&logical)
        }
        var classes: ClassHead?
        if manifest.files[ClassHead.fileName] != nil {
            let path = directory + "/" + ClassHead.fileName
            classes = try ClassHead(
                fileContent: SupportSetFolder.read(path, upTo: ClassHead.mostBytes), path: path,
                channelCount: logical.centre.count)
        }
        self.init(
            identity: SupportSetIdentity(
                name: manifest.name, version: manifest.version,
                digest: SHA256.hash(data: content).hexadecimal),
            manifest: manifest, logical: logical, structural: structural, classes: classes)
    }
}

extension SupportSetManifest {
    /// Reads the bytes of a `manifest.json`.
    package init(fileContent: [UInt8], path: String) throws(SupportSetError) {
        do {
            self = try JSONDecoder().decode(SupportSetManifest.self, from: Data(fileContent))
        } catch {
            throw .damaged(path: path, problem: "it cannot be understood (\(SupportSetFolder.text(of: error)))")
        }
        try check(path: path)
    }

    /// Refuses values that no enrolment writes.
    fileprivate func check(path: String) throws(SupportSetError) {
        guard schema == Self.currentSchema else { throw .unknownSchema(path: path, found: schema) }
        func refuse(_ problem: String) -> SupportSetError { .damaged(path: path, problem: problem) }
        guard !name.isEmpty, name.utf8.count <= 128, !version.isEmpty, version.utf8.count <= 64 else {
            throw refuse("name or version is empty or too long")
        }
        guard (1...1024).contains(k) else { throw refuse("k is \(k), not 1 to 1024") }
        guard (1...16384).contains(preprocessing.imageWidth), (1...16384).contains(preprocessing.imageHeight),
            (32...4096).contains(preprocessing.segmenterLongSide), (0...1024).contains(structure.reach)
        else { throw refuse("an image size in it is out of range") }
        if let problem = CameraRecord.problem(with: cameraControls) { throw refuse(problem) }
        let levels = [calibration.structuralLevel, calibration.logicalLevel]
        guard levels.allSatisfy({ $0.isFinite && $0 > 0 }), calibration.sampleSize >= 0 else {
            throw refuse("its calibration is out of range")
        }
        if let agreement {
            let shares = [agreement.adapted, agreement.unadapted, agreement.moderation]
            guard shares.allSatisfy({ (0...1).contains($0) }) else { throw refuse("its agreement is out of range") }
        }
        guard light.map({ $0.isSound(k: k) }) ?? true else { throw refuse("its light profile is out of range") }
        for place in ignored ?? [] {
            let whole = PixelBox(x: 0, y: 0, width: preprocessing.imageWidth, height: preprocessing.imageHeight)
            guard place.width > 0, place.height > 0, place.x >= 0, place.y >= 0, place.width <= whole.width,
                place.height <= whole.height, place.x <= whole.width - place.width,
                place.y <= whole.height - place.height, (ignored ?? []).count <= 256
            else { throw refuse("a place that is not judged lies outside the picture") }
        }
        for (method, calibration) in calibration.methods {
            guard calibration.threshold.isFinite, calibration.guardLow.isFinite, calibration.guardHigh.isFinite,
                calibration.guardLow <= calibration.threshold, calibration.threshold <= calibration.guardHigh,
                calibration.findingLimit.isFinite,
                calibration.scores.allSatisfy(\.isFinite)
            else { throw refuse("the calibration of \(method) is out of range") }
        }
        for required in ["logical.bank", "structural.bank"] where files[required] == nil {
            throw refuse("it does not list \(required)")
        }
    }
}
