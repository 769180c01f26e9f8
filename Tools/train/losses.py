"""What the network is punished for, one number a topic."""

import torch
from torch.nn import functional

from network import MAPS, pooled

WEIGHTS = {
    "foreground": 1.0,
    "boundary": 1.0,
    "distance": 2.0,
    "embedding": 0.5,
}
TEMPERATURE = 0.1


def overlap(logits, truth, weight, least):
    """One minus the soft Dice overlap of a whole batch: what is rare in it would else be learned as never there."""
    share = torch.sigmoid(logits) * weight.clamp(max=1)
    truth = truth * weight.clamp(max=1)
    both = (share * truth).sum()
    return 1 - (2 * both + least) / (share.sum() + truth.sum() + least)


def map_losses(maps, truth):
    """`maps`: pictures by `MAPS` by rows by columns, logits. `truth`: by name, and `weight`, pictures by rows by columns."""
    weight, out = truth["weight"], {}
    for index, name in enumerate(MAPS):
        logits, wanted = maps[:, index], truth[name]
        if name == "distance":
            error = functional.smooth_l1_loss(torch.sigmoid(logits), wanted, beta=0.1, reduction="none")
            out[name] = (error * weight * (0.3 + truth["foreground"])).mean()
            continue
        rare = torch.tensor(2.0 if "boundary" in name else 1.0, device=logits.device)
        error = functional.binary_cross_entropy_with_logits(logits, wanted, pos_weight=rare, reduction="none")
        out[name] = (error * (weight if "boundary" in name else weight.clamp(max=1))).mean()
        out[name] = out[name] + 0.5 * overlap(logits, wanted, weight, 40.0)
    return out


def embeddings(features, attention, numbers, looks):
    """Directions of all instances of all pictures, and their looks.

    `numbers`: per picture a map of instances 1 … n; `looks`: per picture the look of each of them."""
    directions, known = [], []
    for grid, instances, names in zip(features, numbers, looks):
        if len(names) == 0:
            continue
        means, areas = pooled(grid, instances, len(names))
        there = areas > 0
        if there.any():
            directions.append(attention(means[there], areas[there]))
            known.append(names[there])
    if not directions:
        return None, None
    return torch.cat(directions), torch.cat(known)


def embedding_loss(directions, looks):
    """Supervised contrast (Khosla et al. 2020): instances of one look near each other, of others far."""
    if directions is None or len(directions) < 2:
        return torch.zeros(())
    near = directions @ directions.T / TEMPERATURE
    itself = torch.eye(len(near), dtype=torch.bool, device=near.device)
    same = (looks[:, None] == looks[None, :]) & ~itself
    log_share = near - torch.logsumexp(near.masked_fill(itself, -1e9), 1, keepdim=True)
    count = same.sum(1)
    has = count > 0
    if not has.any():
        return near.sum() * 0
    least = torch.log(count[has].to(near))  # Of n equal looks each can have a share of 1/n at most.
    return (-(log_share * same).sum(1)[has] / count[has] - least).mean()


def total(parts):
    return sum(WEIGHTS[name] * value for name, value in parts.items())
