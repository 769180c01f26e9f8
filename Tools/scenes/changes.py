"""What can be wrong with one part of a scene: for pairs of a good picture and a changed one."""

import dataclasses

import numpy

import families

KINDS = ("missing", "extra", "other", "turned", "moved", "resized", "exchanged")


def apply(chance, kind, pieces, types, side):
    """The pieces and types with one part changed, and a word on it: "" where the scene has no part to change."""
    if kind not in KINDS:
        raise ValueError(f"no change is called {kind!r}; one of {', '.join(KINDS)}")
    single = [i for i, piece in enumerate(pieces) if piece.heap == 0]
    if not single:
        return pieces, types, ""
    pieces, types = list(pieces), list(types)
    at = chance.pick(single)
    piece = pieces[at]
    place = piece.place
    slot = piece.slot
    if kind == "missing":
        del pieces[at]
    elif kind == "extra":
        near = dataclasses.replace(
            place, x=chance.uniform(0.1, 0.9) * side, y=chance.uniform(0.1, 0.9) * side, angle=chance.angle()
        )
        slot = max(p.slot for p in pieces) + 1
        pieces.append(dataclasses.replace(piece, slot=slot, place=near))
    elif kind == "other":
        types.append(families.part_type(chance.about("other"), types[piece.kind].trade))
        pieces[at] = dataclasses.replace(piece, kind=len(types) - 1)
    elif kind == "turned":
        pieces[at] = dataclasses.replace(
            piece, place=dataclasses.replace(place, angle=place.angle + chance.uniform(0.6, 5.6))
        )
    elif kind == "moved":
        turn, far = chance.angle(), place.radius * chance.uniform(0.6, 2.0)
        pieces[at] = dataclasses.replace(
            piece,
            place=dataclasses.replace(place, x=place.x + far * numpy.cos(turn), y=place.y + far * numpy.sin(turn)),
        )
    elif kind == "resized":
        pieces[at] = dataclasses.replace(
            piece,
            place=dataclasses.replace(
                place, radius=place.radius * chance.pick((chance.uniform(0.6, 0.8), chance.uniform(1.25, 1.6)))
            ),
        )
    elif kind == "exchanged":
        others = [p.kind for p in (pieces[i] for i in single) if p.kind != piece.kind]
        if not others:
            return pieces, types, ""
        pieces[at] = dataclasses.replace(piece, kind=chance.pick(others))
    return pieces, types, f"{kind} {slot}"
