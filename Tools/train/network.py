"""The part network: EfficientNet-Lite0 (Tan and Le 2019), a light decoder, maps for every pixel pair, a grid of features.

One pass over a picture (1 × 3 × H × W, (RGB / 255 − 0.498) / 0.502, sides multiples of 32) gives
`maps`, 1 × 3 × H/2 × W/2, logits in the order of `MAPS`, and `features`, 1 × 32 × H/8 × W/8.
"""

import torch
from torch import nn
from torch.nn import functional

# Expansion, kernel, stride of the first block, channels in, channels out, blocks.
STAGES = (
    (1, 3, 1, 32, 16, 1),
    (6, 3, 2, 16, 24, 2),
    (6, 5, 2, 24, 40, 2),
    (6, 3, 2, 40, 80, 3),
    (6, 5, 1, 80, 112, 3),
    (6, 5, 2, 112, 192, 4),
    (6, 3, 1, 192, 320, 1),
)
TAPS = (0, 2, 4, 10, 15)  # The last blocks of strides 2, 4, 8, 16, 32.
TAP_CHANNELS = (16, 24, 40, 112, 320)
MAPS = ("foreground", "boundary", "distance")
FEATURES = 32
MEAN, DEVIATION = 0.498, 0.502


def convolution(channels, made, kernel, stride=1, groups=1):
    """Padded as in TensorFlow's "same", as the published weights expect: what is odd goes to the right and below."""
    if stride == 1:
        return nn.Conv2d(channels, made, kernel, 1, kernel // 2, groups=groups, bias=False)
    plain = nn.Conv2d(channels, made, kernel, stride, 0, groups=groups, bias=False)
    before = (kernel - stride) // 2
    sides = (before, kernel - stride - before) * 2
    plain.register_forward_pre_hook(lambda _, inputs: (functional.pad(inputs[0], sides),))
    return plain


class Block(nn.Module):
    """An inverted bottleneck without squeezing. Names are those of the published weights."""

    def __init__(self, expansion, kernel, stride, channels, made):
        super().__init__()
        wide = channels * expansion
        if expansion != 1:
            self._expand_conv = nn.Conv2d(channels, wide, 1, bias=False)
            self._bn0 = nn.BatchNorm2d(wide, eps=1e-3, momentum=0.01)
        self._depthwise_conv = convolution(wide, wide, kernel, stride, wide)
        self._bn1 = nn.BatchNorm2d(wide, eps=1e-3, momentum=0.01)
        self._project_conv = nn.Conv2d(wide, made, 1, bias=False)
        self._bn2 = nn.BatchNorm2d(made, eps=1e-3, momentum=0.01)
        self.adds = stride == 1 and channels == made

    def forward(self, x):
        y = x
        if hasattr(self, "_expand_conv"):
            y = functional.relu6(self._bn0(self._expand_conv(y)))
        y = functional.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self.adds else y


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self._conv_stem = convolution(3, 32, 3, 2)
        self._bn0 = nn.BatchNorm2d(32, eps=1e-3, momentum=0.01)
        self._blocks = nn.ModuleList(
            Block(expansion, kernel, stride if i == 0 else 1, channels if i == 0 else made, made)
            for expansion, kernel, stride, channels, made, count in STAGES
            for i in range(count)
        )

    def forward(self, x):
        x = functional.relu6(self._bn0(self._conv_stem(x)))
        taps = []
        for index, block in enumerate(self._blocks):
            x = block(x)
            if index in TAPS:
                taps.append(x)
        return taps


def separable(channels, made, kernel):
    return nn.Sequential(
        nn.Conv2d(channels, channels, kernel, padding=kernel // 2, groups=channels, bias=False),
        nn.BatchNorm2d(channels),
        nn.ReLU(),
        nn.Conv2d(channels, made, 1, bias=False),
        nn.BatchNorm2d(made),
        nn.ReLU(),
    )


def doubled(x):
    return functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


class PartNetwork(nn.Module):
    def __init__(self, width=48, slim=24):
        super().__init__()
        self.backbone = Backbone()
        self.lateral = nn.ModuleList(nn.Conv2d(c, slim if i == 0 else width, 1) for i, c in enumerate(TAP_CHANNELS))
        self.context = separable(width, width, 5)
        self.decoder = nn.ModuleList(separable(width, width, 5) for _ in range(3))
        self.narrow = nn.Conv2d(width, slim, 1)
        self.finish = nn.Sequential(separable(slim, slim, 5), separable(slim, slim, 3))
        self.maps = nn.Conv2d(slim, len(MAPS), 1)
        self.features = nn.Sequential(separable(width, 64, 3), nn.Conv2d(64, FEATURES, 1))

    def forward(self, x):
        taps = [lateral(tap) for lateral, tap in zip(self.lateral, self.backbone(x))]
        y = self.context(taps[4])
        features = None
        for decoder, tap in zip(self.decoder, (taps[3], taps[2], taps[1])):
            y = decoder(doubled(y) + tap)
            if tap is taps[2]:
                features = self.features(y)
        return self.maps(self.finish(doubled(self.narrow(y)) + taps[0])), features

    def begin_from(self, arrays):
        """Takes weights by name, as training writes them; what was not trained before keeps its first values."""
        wanted = self.state_dict()
        needed = [name for name in wanted if not name.startswith("features.") and not name.endswith("num_batches_tracked")]
        missing = [name for name in needed if name not in arrays]
        if missing:
            raise ValueError(f"the weights lack {', '.join(missing[:3])}; they are not a part network's")
        given = {name: torch.from_numpy(array) for name, array in arrays.items()}
        self.load_state_dict(wanted | given)


class ObjectAttention(nn.Module):
    """Lets the objects of one picture look at each other: mean features and log area in, directions of length 1 out."""

    def __init__(self, width=64, layers=2):
        super().__init__()
        self.enter = nn.Linear(FEATURES + 1, width)
        layer = nn.TransformerEncoderLayer(width, 4, 2 * width, dropout=0.0, batch_first=True, norm_first=True)
        self.layers = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.leave = nn.Linear(width, FEATURES)

    def forward(self, pooled, areas):
        """`pooled`: objects by features; `areas`: pixels of each, in shares of the picture."""
        tokens = self.enter(torch.cat([pooled, torch.log(areas + 1e-5)[:, None] / 4], 1))
        return functional.normalize(pooled + self.leave(self.layers(tokens[None])[0]), dim=1)


def pooled(features, numbers, count):
    """Mean feature and share of the picture of each instance 1 … count (zero where it has no pixel).

    `features`: channels by rows by columns; `numbers`: instance numbers on a finer raster."""
    fine = functional.interpolate(features[None], size=numbers.shape, mode="bilinear", align_corners=False)[0]
    flat = numbers.reshape(-1)
    sums = torch.zeros(count + 1, fine.shape[0], device=fine.device).index_add_(0, flat, fine.reshape(len(fine), -1).T)
    sizes = torch.bincount(flat, minlength=count + 1).to(fine)
    return (sums / sizes.clamp(min=1)[:, None])[1:], (sizes / flat.numel())[1:]
