/// A data set as evaluation sees it, whatever its layout on disk.
package struct DataSet: Sendable {
    package let categories: [Category]
}

/// One product of a data set.
package struct Category: Sendable {
    package let name: String

    /// Good images to choose support images from.
    package let train: [Sample]
    package let test: [Sample]
}

/// One image with what is known of it.
package struct Sample: Sendable {
    /// Its path inside the data set, for people.
    package let name: String
    package let path: String
    package let type: SampleType

    /// What sort of defect it shows, where the data set says so.
    package var subtype: String?
    package var pixels: PixelTruth = .unknown

    /// What is wrong, thing by thing; nil where the data set does not say.
    package var anomalies: [Anomaly]?
    package var objects: ObjectTruth = .unknown
}

/// Which objects an image shows.
package enum ObjectTruth: Sendable, Equatable {
    case unknown

    /// Their classes and pixels, in an annotation of the layout `assay`.
    case annotated(path: String)

    /// Only how many there are.
    case counted(Int)
}

package enum SampleType: String, Sendable, Codable, CaseIterable {
    case good
    case logical
    case structural
}

/// Which pixels of an image are defective.
package enum PixelTruth: Sendable {
    case unknown

    /// None: a good image.
    case clean

    /// Each alternative alone is a whole truth (CELAD); nearly always there is one.
    case alternatives([[DefectFile]])
}

/// A picture in which the pixels of one defect are not black.
package struct DefectFile: Sendable {
    package let path: String
    package var saturation: Saturation = .whole
}

/// How much of a defect has to be found for all of it to count as found.
package enum Saturation: Sendable, Equatable {
    case whole

    /// Pixels of the picture itself.
    case pixels(Double)

    /// A share of the defect's area.
    case share(Double)
}
