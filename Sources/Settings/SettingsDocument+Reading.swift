internal import Yams

extension SettingsDocument {
    /// Walks the parser's nodes.
    struct Reading {
        let file: String
        private(set) var problems: [SettingsProblem] = []
        private var nodeCount = 0

        init(file: String) { self.file = file }

        mutating func tree(of node: Node, depth: Int, key: String) -> SettingsTree {
            let place = SettingsPlace(file: file, line: node.mark?.line ?? 1)
            nodeCount += 1
            if let problem = problem(with: node, depth: depth) {
                if nodeCount <= SettingsDocument.nodeLimit + 1 { problems.append(place.problem(key, problem)) }
                return SettingsTree(place: place, content: .refused)
            }
            switch node {
            case .scalar(let scalar): return SettingsTree(place: place, content: content(of: scalar))
            case .sequence(let sequence):
                let elements = sequence.map { tree(of: $0, depth: depth + 1, key: key) }
                return SettingsTree(place: place, content: .list(elements))
            case .mapping(let mapping):
                var entries: [SettingsTree.Entry] = []
                for (name, value) in mapping {
                    guard let entry = entry(name, value, depth: depth, section: key) else { continue }
                    entries.append(entry)
                }
                return SettingsTree(place: place, content: .map(entries))
            case .alias: return SettingsTree(place: place, content: .refused)
            }
        }

        private mutating func entry(_ name: Node, _ value: Node, depth: Int, section: String) -> SettingsTree.Entry? {
            let place = SettingsPlace(file: file, line: name.mark?.line ?? 1)
            guard case .scalar(let scalar) = name, name.anchor == nil else {
                problems.append(place.problem(section, "a key must be plain text"))
                return nil
            }
            guard scalar.string != "<<" else {
                problems.append(place.problem(section, "YAML merge keys (<<) are not supported; write the values out"))
                return nil
            }
            let key = section.isEmpty ? scalar.string : "\(section).\(scalar.string)"
            return SettingsTree.Entry(
                name: scalar.string, place: place, value: tree(of: value, depth: depth + 1, key: key))
        }

        private func problem(with node: Node, depth: Int) -> String? {
            if depth > SettingsDocument.depthLimit { return "is nested too deeply; settings have at most four levels" }
            if nodeCount > SettingsDocument.nodeLimit {
                return "the file has more than \(SettingsDocument.nodeLimit) values; no settings need as many"
            }
            if node.anchor != nil { return "YAML anchors (&name) are not supported; write the values out" }
            if node.hasExplicitTag { return "YAML tags (!name) are not supported; leave the tag out" }
            return nil
        }

        private func content(of scalar: Node.Scalar) -> SettingsTree.Content {
            let isPlain = scalar.style == .plain || scalar.style == .any
            if isPlain, scalar.string.isEmpty { return .empty }
            if isPlain, ["null", "Null", "NULL", "~"].contains(scalar.string) { return .unset }
            return .scalar(scalar.string, isPlain: isPlain)
        }
    }
}

extension Node {
    /// A tag that the file states; the parser marks quoted text with the tag of text by itself.
    fileprivate var hasExplicitTag: Bool {
        switch self {
        case .scalar(let scalar):
            return scalar.tag != .implicit && !(scalar.tag == Tag(.str) && scalar.style != .plain)
        case .sequence(let sequence): return sequence.tag != .implicit
        case .mapping(let mapping): return mapping.tag != .implicit
        case .alias: return false
        }
    }
}
