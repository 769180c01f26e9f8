internal import Composition
package import Assessment
internal import Imaging
package import SupportSets

/// Applies an engineer's corrections to what was found in the good images.
///
/// Ids are those of the selection that was made without any correction, so they stay valid when a set is enrolled again
/// from the same pictures.
package struct ObjectCorrector {
    private let scenes: [Scene]
    private let names: [String]
    private let paths: [String]
    private let bank: LogicalBank

    /// - Parameters:
    ///   - names: of the images in the set.
    ///   - paths: where each image came from.
    ///   - bank: what was found without corrections.
    package init(scenes: [Scene], names: [String], paths: [String], bank: LogicalBank) {
        precondition(scenes.count == names.count && scenes.count == paths.count)
        precondition(bank.images.count == scenes.count)
        self.scenes = scenes
        self.names = names
        self.paths = paths
        self.bank = bank
    }

    /// The objects of all images, and what the corrections came to.
    package func settle(
        _ corrections: ObjectCorrections
    ) throws(CorrectionErrors) -> (objects: SettledObjects, notes: [CorrectionNote]) {
        var problems: [CorrectionErrors.Problem] = []
        var images = bank.images.map { CorrectedImage(found: $0.objects.map(\.object)) }
        var notes: [CorrectionNote] = []
        var templates: [CorrectionTemplate] = []
        var lines: [Int: Int] = [:]
        for picture in corrections.pictures {
            let index: Int
            do throws(CorrectionErrors) {
                index = try image(named: picture)
                if let line = lines[index] {
                    throw refusal(picture, "is the picture of line \(line); put its corrections together")
                }
            } catch {
                problems += error.problems
                continue
            }
            lines[index] = picture.line
            if let count = picture.foundCount, count != images[index].found.count {
                problems.append(
                    CorrectionErrors.Problem(
                        line: picture.line, key: "pictures.\(picture.name).found",
                        message: """
                            \(count) objects were found when the corrections were written and now \
                            \(images[index].found.count); the ids may mean others: look at the pictures again with \
                            assayctl enroll --show
                            """))
                continue
            }
            for correction in picture.corrections {
                do throws(CorrectionErrors) {
                    guard let template = try apply(correction, to: &images[index], index: index) else { continue }
                    templates.append(template)
                    notes.append(CorrectionNote(image: names[index], text: template.text, outcome: .done))
                } catch {
                    problems += error.problems
                }
            }
        }
        guard problems.isEmpty else { throw CorrectionErrors(problems: problems) }
        notes += CorrectionTransfer(scenes: scenes, names: names, bank: bank).carry(templates, into: &images)
        var settled = SettledObjects()
        for (index, image) in images.enumerated() { settled.images[names[index]] = image.settled }
        return (settled, notes)
    }

    /// Does what one entry says; gives back what the same is looked for by in other images.
    private func apply(
        _ correction: ObjectCorrections.Correction, to image: inout CorrectedImage, index: Int
    ) throws(CorrectionErrors) -> CorrectionTemplate? {
        func refuse(_ message: String) -> CorrectionErrors {
            CorrectionErrors(problems: [.init(line: correction.line, key: correction.key, message: message)])
        }
        func object(_ id: Int) throws(CorrectionErrors) -> Int {
            let count = image.found.count
            guard id >= 1, id <= count else {
                let others = names.indices.filter { $0 != index && id >= 1 && id <= bank.images[$0].objects.count }
                let hint = others.first.map { "; \(names[$0]) has one: is it meant?" } ?? ""
                let known = count == 0 ? "no object" : "the objects 1 to \(count)"
                throw refuse(
                    "\(names[index]) has no object \(id) but \(known)\(hint) Ids are drawn by assayctl enroll --show.")
            }
            if let claim = image.claims[id - 1] {
                throw refuse("object \(id) is \(claim) already; an object takes one correction")
            }
            return id - 1
        }
        switch correction.change {
        case .merge(let ids):
            guard ids.count >= 2, Set(ids).count == ids.count else {
                throw refuse("needs two or more different ids, such as [3, 4]")
            }
            var indices: [Int] = []
            for id in ids { indices.append(try object(id)) }
            image.merge(indices, claim: "merged in line \(correction.line)")
            return CorrectionTemplate(image: index, change: .merge(indices.sorted()))
        case .split(let id, let cut):
            let whole = try object(id)
            let pieces = try pieces(of: image.found[whole].mask, id: id, cut: cut, index: index, refuse: refuse)
            image.split(whole, into: pieces, claim: "split in line \(correction.line)")
            return CorrectionTemplate(image: index, change: .split(whole, pieces))
        case .drop(let id):
            let dropped = try object(id)
            image.drop(dropped, claim: "dropped in line \(correction.line)")
            return CorrectionTemplate(image: index, change: .drop(dropped))
        case .keep(let id):
            image.keep(try object(id), claim: "kept in line \(correction.line)")
            return nil
        case .name(let id, let name):
            guard image.ids.contains(id) else {
                throw refuse(
                    """
                    "\(id)" is no object of \(names[index]) after its corrections; it has \
                    \(image.ids.joined(separator: ", "))
                    """)
            }
            if let problem = ObjectLabel.problem(with: name) { throw refuse("the name of \(id) \(problem)") }
            image.name(id, name)
            return nil
        }
    }

    private func pieces(
        of mask: Mask, id: Int, cut: ObjectCorrections.ObjectCut, index: Int,
        refuse: (String) -> CorrectionErrors
    ) throws(CorrectionErrors) -> [Mask] {
        let cutter = ObjectPieces(of: mask, in: scenes[index])
        switch cut {
        case .pieces(let count):
            guard (2...16).contains(count) else { throw refuse("object \(id) can be split into 2 to 16 pieces") }
            guard let pieces = cutter.pieces(count) else {
                throw refuse(
                    """
                    nothing inside object \(id) parts it into \(count); give one point in each piece instead, such as \
                    \(id): [[120, 80], [140, 82]]
                    """)
            }
            return pieces
        case .points(let points):
            guard (2...16).contains(points.count) else { throw refuse("object \(id) needs 2 to 16 points") }
            var places: [(x: Int, y: Int)] = []
            let frame = scenes[index].frameSize
            for point in points {
                let (x, y) = (Int(point.x), Int(point.y))
                guard point.x >= 0, point.y >= 0, point.x < Double(frame.width), point.y < Double(frame.height) else {
                    throw refuse("the point \(x), \(y) lies outside the picture of \(frame.width)×\(frame.height)")
                }
                let place = (x: x * mask.grid.width / frame.width, y: y * mask.grid.height / frame.height)
                guard mask.contains(x: place.x, y: place.y) else {
                    throw refuse("the point \(x), \(y) does not lie on object \(id)")
                }
                guard !places.contains(where: { $0 == place }) else {
                    throw refuse("the point \(x), \(y) is too near to another point of object \(id)")
                }
                places.append(place)
            }
            guard let pieces = cutter.pieces(around: places) else {
                throw refuse("object \(id) cannot be cut at these points; move them into the middles of its pieces")
            }
            return pieces
        }
    }

    /// The image that a picture's section is about.
    private func image(named picture: ObjectCorrections.Picture) throws(CorrectionErrors) -> Int {
        let asked = picture.name.split(separator: "/").map(String.init)
        let fitting = names.indices.filter { index in
            if names[index] == picture.name { return true }
            let path = paths[index].split(separator: "/").map(String.init)
            if !asked.isEmpty, path.suffix(asked.count).elementsEqual(asked) { return true }
            // A picture that comes from a set has the set's number before its name.
            guard asked.count == 1, let last = path.last, last.count == asked[0].count + 4 else { return false }
            return last.hasSuffix("-" + asked[0]) && last.prefix(3).allSatisfy { $0.isASCII && $0.isNumber }
        }
        guard let only = fitting.first else {
            throw refusal(picture, "is none of the pictures: \(shown(paths))")
        }
        guard fitting.count == 1 else {
            throw refusal(picture, "fits several pictures; write \(shown(fitting.map { names[$0] }))")
        }
        return only
    }

    private func shown(_ list: [String]) -> String {
        list.prefix(8).joined(separator: ", ") + (list.count > 8 ? ", …" : "")
    }

    private func refusal(_ picture: ObjectCorrections.Picture, _ message: String) -> CorrectionErrors {
        CorrectionErrors(
            problems: [.init(line: picture.line, key: "pictures.\(picture.name)", message: message)])
    }
}
