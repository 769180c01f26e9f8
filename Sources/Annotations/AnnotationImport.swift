internal import Imaging

/// The forms in which others keep annotations.
package enum AnnotationFormat: String, CaseIterable, Sendable {
    case coco
    case yolo
    case labelme

    /// The data-set layout of that name.
    case assay
}

/// Reads annotations of some pictures from others' files.
package enum AnnotationImport {
    /// One entry a picture, nil for one that nothing is said of.
    ///
    /// - Parameters:
    ///   - path: a file for COCO, else the folder that holds a file for each picture.
    ///   - names: the classes' names, for YOLO.
    package static func read(
        _ format: AnnotationFormat, from path: String, names: String?, for pictures: [PictureToAnnotate]
    ) throws(AnnotationError) -> [AnnotatedPicture?] {
        switch format {
        case .coco: return try CocoReader.read(path, for: pictures)
        case .yolo:
            guard let names else {
                throw AnnotationError(
                    path: path, problem: "YOLO keeps numbers for classes; name the file of their names with --names")
            }
            let reader = try YoloReader(folder: path, names: names)
            return try each(pictures) { picture throws(AnnotationError) in try reader.read(picture) }
        case .labelme:
            return try each(pictures) { picture throws(AnnotationError) in
                try LabelMeReader.read(picture, in: path)
            }
        case .assay:
            return try each(pictures) { picture throws(AnnotationError) in
                try SceneReader.read(picture, in: path)
            }
        }
    }

    private static func each(
        _ pictures: [PictureToAnnotate], read: (PictureToAnnotate) throws(AnnotationError) -> AnnotatedPicture?
    ) throws(AnnotationError) -> [AnnotatedPicture?] {
        var stems: Set<String> = []
        var result: [AnnotatedPicture?] = []
        for picture in pictures {
            guard stems.insert(picture.stem).inserted else {
                throw AnnotationError(
                    path: picture.path, problem: "another picture has the same name; annotate one folder at a time")
            }
            result.append(try read(picture))
        }
        return result
    }
}
