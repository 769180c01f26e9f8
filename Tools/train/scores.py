"""How good the maps and the embeddings are on pictures that were not trained on."""

import torch

import batches
import losses
from network import MAPS


def agreement(logits, truth, weight):
    """Intersection over union of a map cut at one half."""
    told, true, counts = logits > 0, truth > 0.5, weight > 0
    both = (told & true & counts).sum().item()
    return both, ((told | true) & counts).sum().item()


@torch.no_grad()
def scores(network, attention, pictures, scene_count, size):
    """Means over the first scenes: losses, IoU of the maps, error of the distance, and how often the nearest instance
    in the other take is of the same look."""
    network.eval()
    attention.eval()
    unions, sums, right, asked, error, area = {}, {}, 0, 0, 0.0, 0
    for scene in range(min(scene_count, pictures.scene_count)):
        samples = []
        for take in (0, 1):
            pixels, levels, looks = pictures.take(2 * scene + take)
            edge = min(size, pixels.shape[0] // 32 * 32)
            samples.append(
                batches.prepared(pixels[:edge, :edge], {n: v[:edge, :edge] for n, v in levels.items()}, looks)
            )
        images, truth, numbers, looks = batches.stacked(samples)
        maps, features = network(images)
        for name, value in losses.map_losses(maps, truth).items():
            sums[name] = sums.get(name, 0.0) + value.item()
        for index, name in enumerate(MAPS):
            if name != "distance":
                both, either = agreement(maps[:, index], truth[name], truth["weight"])
                unions[name] = [a + b for a, b in zip(unions.get(name, (0, 0)), (both, either))]
        inside = (truth["foreground"] > 0) & (truth["weight"] > 0)
        error += (torch.sigmoid(maps[:, 2]) - truth["distance"]).abs()[inside].sum().item()
        area += inside.sum().item()
        found = [
            losses.embeddings(features[i : i + 1], attention, numbers[i : i + 1], looks[i : i + 1]) for i in (0, 1)
        ]
        if all(f[0] is not None for f in found) and len(set(found[1][1].tolist())) > 1:
            nearest = found[1][1][(found[0][0] @ found[1][0].T).argmax(1)]
            has = torch.isin(found[0][1], found[1][1])
            right += (nearest == found[0][1])[has].sum().item()
            asked += has.sum().item()
    count = min(scene_count, pictures.scene_count)
    out = {f"loss {name}": value / count for name, value in sums.items()}
    out.update({f"iou {name}": both / max(either, 1) for name, (both, either) in unions.items()})
    out["distance error"] = error / max(area, 1)
    out["same part nearest"] = right / max(asked, 1)
    return {name: round(value, 4) for name, value in out.items()}
