package import Assessment
internal import Composition
package import Matching
package import SupportSets

extension LogicalBank {
    /// The fewest images of which one can be looked at by the others.
    private static let fewestImages = 3

    /// The bank with each object's weight lowered by how often it was not found where it is: each good image is judged by
    /// the others as a frame will be, and what is called missing there would be called missing on the line. What no region
    /// of its own image fits (people mark what the segmenter does not see) is not found either.
    package func weighedByFinding(in scenes: [Scene]) throws(MatchingError) -> LogicalBank {
        var isLost = zip(images, scenes).map { image, scene in
            RegionOverlaps(of: scene, with: image.objects.map(\.object.mask)).nodes.map { $0 == nil }
        }
        for image in images.indices where images.count >= Self.fewestImages {
            let judgement = try LogicalJudge(bank: without(image)).judge(scenes[image])
            let nearest = judgement.nearest < image ? judgement.nearest : judgement.nearest + 1
            for difference in judgement.differences where difference.seen == nil {
                guard let known = difference.known else { continue }
                let own = images[nearest].objects[known].partners[image]
                if own >= 0 { isLost[image][own] = true }
            }
        }
        var bank = self
        for image in images.indices {
            for index in images[image].objects.indices {
                var (looks, losses) = (1, isLost[image][index] ? 1 : 0)
                for (other, partner) in images[image].objects[index].partners.enumerated()
                where partner >= 0 && other != image {
                    looks += 1
                    if isLost[other][partner] { losses += 1 }
                }
                bank.images[image].objects[index].weight *= Float(looks - losses) / Float(looks)
            }
        }
        return bank
    }

    private func without(_ image: Int) -> LogicalBank {
        var bank = self
        bank.images.remove(at: image)
        for other in bank.images.indices {
            for index in bank.images[other].objects.indices {
                bank.images[other].objects[index].partners.remove(at: image)
            }
        }
        return bank
    }
}
