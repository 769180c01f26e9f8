internal import Imaging
internal import SupportSets
package import Verdicts

/// What a set's own pictures say of it: those it was made from must not fail by it, and its counter-examples must.
package struct SetProof: Equatable, Sendable {
    package enum Role: Equatable, Sendable {
        /// A good picture that the set was made from.
        case support

        /// A picture of a defect that was passed once, kept in the set.
        case counterexample

        /// Such a picture that is kept beside the set, which was not made with it.
        case escape
    }

    package struct Outcome: Equatable, Sendable {
        /// Inside the set.
        package let path: String
        package let role: Role

        /// Nil where the picture could not be judged at all.
        package let decision: Decision?
        package let score: Float?

        /// Why it could not be judged.
        package let problem: String?

        /// What the set promises of such a picture.
        package var isAsItShould: Bool {
            switch role {
            case .support: decision == .pass || decision == .inconclusive
            case .counterexample: decision == .fail
            case .escape: decision.map { $0 != .pass } ?? false
            }
        }

        /// What is wrong, to follow the set's path; nil when nothing is.
        package var contradiction: String? {
            guard !isAsItShould else { return nil }
            if let problem {
                let picture = role == .escape ? "the counter-example" : "its picture"
                let remedy = role == .escape ? "remove it" : "enrol the set anew"
                return "\(picture) \(path) cannot be judged (\(problem)); \(remedy)"
            }
            let given = decision?.rawValue ?? "no_verdict"
            return switch role {
            case .support: "its own image \(path) gives \(given), so the set contradicts itself; enrol it anew"
            case .counterexample:
                "its counter-example \(path) must fail and gives \(given); enrol a set that tells it apart"
            case .escape: "the counter-example \(path) must not pass, and does; enrol a set that tells it apart"
            }
        }
    }

    package let outcomes: [Outcome]

    package var contradictions: [String] { outcomes.compactMap(\.contradiction) }

    private struct Picture {
        let file: String
        let path: String
        let role: Role
    }

    /// Judges every picture of the set in `folder`, which is the one that `assessor` judges by.
    ///
    /// - Parameters:
    ///   - escapes: paths of further counter-examples, which the set itself does not hold.
    ///   - progress: called after each picture; false ends the proof, with what is known until then.
    package init(
        of folder: String, by assessor: Assessor, escapes: [String] = [],
        progress: (Outcome) -> Bool = { _ in true }
    ) {
        let own = assessor.set.logical.images.map { (path: "images/" + $0.name, role: Role.support) }
        let kept = assessor.set.manifest.counterexamples.map { (path: $0, role: Role.counterexample) }
        let pictures = (own + kept).map { Picture(file: folder + "/" + $0.path, path: $0.path, role: $0.role) }
        self.init(pictures + Self.pictures(of: escapes), by: assessor, progress: progress)
    }

    /// Judges pictures alone that the set does not hold and must not pass.
    package init(of escapes: [String], by assessor: Assessor, progress: (Outcome) -> Bool = { _ in true }) {
        self.init(Self.pictures(of: escapes), by: assessor, progress: progress)
    }

    private init(_ pictures: [Picture], by assessor: Assessor, progress: (Outcome) -> Bool) {
        var outcomes: [Outcome] = []
        for picture in pictures {
            let outcome: Outcome
            do {
                let assessment = try assessor.assess(Image(contentsOf: picture.file))
                outcome = Outcome(
                    path: picture.path, role: picture.role, decision: assessment.decision, score: assessment.score,
                    problem: nil)
            } catch {
                outcome = Outcome(
                    path: picture.path, role: picture.role, decision: nil, score: nil, problem: "\(error)")
            }
            outcomes.append(outcome)
            guard progress(outcome) else { break }
        }
        self.outcomes = outcomes
    }

    private static func pictures(of escapes: [String]) -> [Picture] {
        escapes.map { Picture(file: $0, path: $0, role: .escape) }
    }
}
