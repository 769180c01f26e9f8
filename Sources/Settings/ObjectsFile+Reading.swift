extension ObjectsFile {
    /// Turns the tree of an `objects.yaml` into its content and notes what is wrong.
    struct Reading {
        private(set) var problems: [SettingsProblem]

        init(problems: [SettingsProblem]) {
            self.problems = problems
        }

        private static let largestNumber = 100_000
        private static let pictureKeys = ["found", "merge", "split", "drop", "keep", "names"]

        mutating func content(of tree: SettingsTree) -> (pictures: [Picture], ignored: [Ignored]) {
            var pictures: [Picture] = []
            var ignored: [Ignored] = []
            for entry in entries(of: tree, key: "", "sections called pictures and ignore") {
                switch entry.name {
                case "pictures":
                    for picture in entries(of: entry.value, key: "pictures", "a section for each picture") {
                        pictures.append(read(picture))
                    }
                case "ignore":
                    for region in elements(of: entry.value, key: "ignore", "a list of x, y, width, height") {
                        if let region = read(ignored: region) { ignored.append(region) }
                    }
                default: refuseUnknown(entry, key: entry.name, among: ["pictures", "ignore"])
                }
            }
            return (pictures, ignored)
        }

        private mutating func read(_ picture: SettingsTree.Entry) -> Picture {
            let section = "pictures.\(picture.name.printable)"
            var foundCount: Int?
            var changes: [Entry] = []
            for entry in entries(of: picture.value, key: section, "keys such as merge and drop") {
                let key = "\(section).\(entry.name.printable)"
                switch entry.name {
                case "found": foundCount = number(entry.value, key: key, "the count of objects found")
                case "merge":
                    for group in elements(of: entry.value, key: key, "a list of lists, such as [[3, 4]]") {
                        let ids = self.ids(in: group, key: key, "a list of lists, such as [[3, 4]]")
                        if let ids { changes.append(Entry(change: .merge(ids), line: group.place.line, key: key)) }
                    }
                case "split":
                    for part in entries(of: entry.value, key: key, "ids with a count or points, such as {8: 2}") {
                        if let change = split(part, key: key) { changes.append(change) }
                    }
                case "drop", "keep":
                    for id in elements(of: entry.value, key: key, "a list of ids, such as [9, 10]") {
                        guard let value = number(id, key: key, "an id") else { continue }
                        changes.append(
                            Entry(
                                change: entry.name == "drop" ? .drop(value) : .keep(value), line: id.place.line,
                                key: key))
                    }
                case "names":
                    for name in entries(of: entry.value, key: key, "ids with names, such as {1: long bolt}") {
                        guard case .scalar(let text, _) = name.value.content else {
                            note(name.place, key, "the name of \(name.name.quoted) must be a text")
                            continue
                        }
                        changes.append(Entry(change: .name(name.name, text), line: name.place.line, key: key))
                    }
                default: refuseUnknown(entry, key: key, among: Self.pictureKeys)
                }
            }
            // Ids of names are those after the other corrections.
            let inOrder = changes.filter { !$0.isName } + changes.filter(\.isName)
            return Picture(
                name: picture.name, line: picture.place.line, foundCount: foundCount, entries: inOrder)
        }

        private mutating func split(_ part: SettingsTree.Entry, key: String) -> Entry? {
            guard let id = Int(part.name), (0...Self.largestNumber).contains(id) else {
                note(part.place, key, "\(part.name.quoted) is no id; write one, such as {8: 2}")
                return nil
            }
            guard case .list(let elements) = part.value.content else {
                guard let count = number(part.value, key: key, "how many pieces, or a list of points") else {
                    return nil
                }
                return Entry(change: .splitInto(id, pieceCount: count), line: part.place.line, key: key)
            }
            var points: [Point] = []
            for element in elements {
                let numbers = numbers(in: element)
                guard let numbers, numbers.count == 2 else {
                    note(element.place, key, "a point is two numbers, such as [120, 80]")
                    return nil
                }
                points.append(Point(x: numbers[0], y: numbers[1]))
            }
            return Entry(change: .splitAround(id, points), line: part.place.line, key: key)
        }

        private mutating func read(ignored tree: SettingsTree) -> Ignored? {
            let numbers = numbers(in: tree)?.compactMap { Int(exactly: $0) }
            guard let numbers, numbers.count == 4, numbers[2] > 0, numbers[3] > 0 else {
                note(tree.place, "ignore", "a region is x, y, width, height in whole pixels, such as [0, 400, 120, 80]")
                return nil
            }
            return Ignored(
                region: RegionSettings(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]),
                line: tree.place.line)
        }

        private mutating func entries(of tree: SettingsTree, key: String, _ meant: String) -> [SettingsTree.Entry] {
            switch tree.content {
            case .map(let entries): return entries
            case .empty, .unset, .refused: return []
            case .scalar, .list:
                note(tree.place, key, "must hold \(meant)")
                return []
            }
        }

        private mutating func elements(of tree: SettingsTree, key: String, _ meant: String) -> [SettingsTree] {
            switch tree.content {
            case .list(let elements): return elements
            case .empty, .unset, .refused: return []
            case .scalar, .map:
                note(tree.place, key, "must be \(meant)")
                return []
            }
        }

        private mutating func ids(in tree: SettingsTree, key: String, _ meant: String) -> [Int]? {
            guard case .list(let elements) = tree.content else {
                note(tree.place, key, "must be \(meant)")
                return nil
            }
            var ids: [Int] = []
            for element in elements {
                guard let id = number(element, key: key, "an id") else { return nil }
                ids.append(id)
            }
            return ids
        }

        private mutating func number(_ tree: SettingsTree, key: String, _ meant: String) -> Int? {
            if case .scalar(let text, isPlain: true) = tree.content, let value = Int(text),
                (0...Self.largestNumber).contains(value)
            {
                return value
            }
            note(tree.place, key, "must hold whole numbers from 0 to \(Self.largestNumber) (\(meant))")
            return nil
        }

        private func numbers(in tree: SettingsTree) -> [Double]? {
            guard case .list(let elements) = tree.content, elements.count <= 4 else { return nil }
            var numbers: [Double] = []
            for element in elements {
                guard case .scalar(let text, isPlain: true) = element.content, let value = Double(text),
                    value.isFinite, (0...Double(Self.largestNumber)).contains(value)
                else { return nil }
                numbers.append(value)
            }
            return numbers
        }

        private mutating func refuseUnknown(_ entry: SettingsTree.Entry, key: String, among known: [String]) {
            let meant = NearMiss.of(entry.name, among: known).map { "; did you mean \($0)?" } ?? ""
            note(entry.place, key, "is not known; there are \(known.joined(separator: ", "))\(meant)")
        }

        private mutating func note(_ place: SettingsPlace, _ key: String, _ message: String) {
            problems.append(place.problem(key, message))
        }
    }
}

extension ObjectsFile.Entry {
    fileprivate var isName: Bool {
        if case .name = change { return true }
        return false
    }
}
