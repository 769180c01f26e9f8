"""The catalogue of part families."""

import dataclasses

import parts_boxes as boxes
import parts_clear as clear
import parts_electronics as electronics
import parts_food as food
import parts_plates as plates
import parts_round as rounds
import parts_turned as turned
import parts_wire as wire
from chance import Chance

HARDWARE = (
    (turned.bolt, 4),
    (turned.stepped, 4),
    (plates.washer, 3),
    (plates.nut, 3),
    (plates.gear, 2),
    (plates.bracket, 3),
    (plates.combination, 3),
    (rounds.cap, 3),
    (rounds.bearing, 1),
    (rounds.ring, 2),
    (rounds.ball, 1),
    (wire.spring, 2),
    (wire.standing_spring, 1),
    (wire.clip, 2),
    (wire.needle, 2),
    (turned.banded, 1),
    (turned.handle, 1),
    (boxes.block, 3),
)
GOODS = (
    (boxes.carton, 5),
    (boxes.card, 3),
    (boxes.pouch, 3),
    (turned.bottle, 3),
    (turned.banded, 2),
    (turned.handle, 2),
    (turned.capsule, 2),
    (rounds.tablet, 2),
    (rounds.cap, 3),
    (rounds.bowl, 2),
    (rounds.ball, 2),
    (boxes.key, 3),
    (boxes.block, 2),
    (clear.vial, 2),
    (clear.lens, 1),
    (clear.bag, 1),
    (clear.clear_ring, 0.5),
    (clear.clear_block, 1),
    (wire.cable, 1.5),
    (wire.beads, 0.6),
    (rounds.ring, 1),
    (plates.combination, 2),
)
ELECTRONICS = (
    (electronics.chip, 5),
    (electronics.passive, 4),
    (electronics.wired, 3),
    (electronics.can, 3),
    (electronics.plug, 4),
    (electronics.lamp, 2),
    (electronics.heat_sink, 1),
    (boxes.block, 2),
    (plates.washer, 0.5),
    (wire.cable, 0.7),
)
FOOD = (
    (food.fruit, 4),
    (food.bean, 3),
    (food.biscuit, 3),
    (food.cut_slice, 3),
    (food.pasta, 2),
    (food.root, 2),
    (food.leaf, 1.5),
    (food.stone, 2),
    (rounds.ball, 1),
)
GRAINS = (
    (rounds.ball, 5),
    (food.stone, 4),
    (food.bean, 3),
    (food.fruit, 2),
    (rounds.tablet, 2),
    (turned.capsule, 1.5),
    (plates.washer, 1),
    (plates.nut, 1),
    (food.pasta, 1.5),
    (rounds.cap, 1),
    (wire.needle, 0.5),
    (turned.stepped, 0.8),
)
TRADES = {"hardware": HARDWARE, "goods": GOODS, "electronics": ELECTRONICS, "food": FOOD, "grains": GRAINS}
LONG = {
    "cable": 1.9,
    "needle": 1.4,
    "handle": 1.5,
    "bottle": 1.3,
    "card": 1.2,
    "beads": 1.6,
    "bolt": 1.2,
    "passive": 0.7,
    "lamp": 0.9,
}
GROWN = {function.__name__ for function, _ in FOOD}


@dataclasses.dataclass(frozen=True)
class PartType:
    """One kind of part of one scene; every model of it looks the same. Grown things vary in shape when placed."""

    trade: str
    family: str
    key: tuple

    @property
    def length(self):
        """How long such a part is beside others of its scene."""
        return LONG.get(self.family, 1.0)

    @property
    def is_grown(self):
        return self.family in GROWN

    def model(self, side):
        """The part as a raster relief `side` points wide."""
        build = next(function for function, _ in TRADES[self.trade] if function.__name__ == self.family)
        return build(Chance(*self.key), side)


def part_type(chance, trade):
    function = chance.pick([f for f, _ in TRADES[trade]], [w for _, w in TRADES[trade]])
    return PartType(trade, function.__name__, chance.about("type").key)
