"""MobileNetV2 (Sandler et al. 2018) in the form of the ImageNet weights that can be had.

The weights are torchvision-style (padding 1 on both sides, BatchNorm epsilon 1e-5) at width 1.0. A
narrower network starts from their strongest channels.
"""

from pathlib import Path

import torch
from torch import Tensor, nn

from tools.convert.phase.imagenet import imagenet
from tools.convert.phase.shape import JOINTS

MEAN, DEVIATION = 0.449, 0.226
"""Of ImageNet's pixels, over all channels: one pair, so that it is a range and not a layer."""
INPUT_RANGE = ((0 - MEAN) / DEVIATION, (1 - MEAN) / DEVIATION)

STAGES = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
"""Expansion, channels, blocks and first stride of each stage."""
LAST = 1280
POSTURE = 2 * len(JOINTS)
FROZEN = 7
"""Layers of `features` that are not trained: what edges look like is known from ImageNet."""


def channels(count: int, width: float) -> int:
    """A number of channels at a width: a multiple of 8, and not a tenth less than asked for."""
    rounded = max(8, int(count * width + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * count * width else rounded


def _convolution(
    inputs: int, outputs: int, kernel: int, stride: int, groups: int = 1
) -> tuple[nn.Module, nn.Module, nn.Module]:
    return (
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU6(inplace=True),
    )


class Block(nn.Module):
    """An inverted residual with a linear bottleneck."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        wide = _convolution(inputs, hidden, 1, 1) if expansion > 1 else ()
        deep = _convolution(hidden, hidden, 3, stride, groups=hidden)
        narrow = (nn.Conv2d(hidden, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        self.conv = nn.Sequential(*wide, *deep, *narrow)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """[n, inputs, h, w] to [n, outputs, h / stride, w / stride]."""
        return x + self.conv(x) if self.residual else self.conv(x)


class PhaseNetwork(nn.Module):
    """MobileNetV2 with a head of three classes, and one for the posture while it learns.

    Args:
        width: multiple of the channels.
        dropout: share of the last features that is hidden while training.
    """

    def __init__(self, width: float = 1.0, dropout: float = 0.3) -> None:
        super().__init__()
        self.width = width
        inputs = channels(32, width)
        layers: list[nn.Module] = [nn.Sequential(*_convolution(3, inputs, 3, 2))]
        for expansion, count, blocks, stride in STAGES:
            outputs = channels(count, width)
            for block in range(blocks):
                layers.append(Block(inputs, outputs, 1 if block else stride, expansion))
                inputs = outputs
        last = channels(LAST, max(width, 0.5))
        layers.append(nn.Sequential(*_convolution(inputs, last, 1, 1)))
        self.features = nn.Sequential(*layers)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(last, 3)
        self.posture = nn.Linear(last, POSTURE)

    def lower(self, x: Tensor) -> Tensor:
        """The layers that are not trained, [n, 3, s, s] to [n, c, s / 8, s / 8]."""
        return self.features[:FROZEN](x)

    def deep(self, x: Tensor) -> Tensor:
        """From what `lower` gives to the last features [n, c]."""
        return self.features[FROZEN:](x).mean(dim=(2, 3))

    def upper(self, x: Tensor) -> Tensor:
        """From what `lower` gives to logits [n, 3]."""
        return self.head(self.dropout(self.deep(x)))

    def forward(self, x: Tensor) -> Tensor:
        """Pictures [n, 3, s, s] of INPUT_RANGE to logits [n, 3]."""
        return self.upper(self.lower(x))


class Answer(nn.Module):
    """What the box runs: probabilities, at a temperature that makes them mean something."""

    def __init__(self, network: PhaseNetwork, temperature: float) -> None:
        super().__init__()
        self.network, self.temperature = network, temperature

    def forward(self, x: Tensor) -> Tensor:
        """Pictures [n, 3, s, s] of INPUT_RANGE to probabilities [n, 3]."""
        return torch.softmax(self.network(x) / self.temperature, dim=1)


def pretrained(cache: Path, width: float = 1.0, dropout: float = 0.3) -> PhaseNetwork:
    """A network that starts from ImageNet; below width 1.0 from its strongest channels."""
    network = PhaseNetwork(width, dropout)
    full = PhaseNetwork()
    weights = torch.load(imagenet(cache), map_location="cpu", weights_only=True)
    full.load_state_dict(weights, strict=False)
    if width == 1.0:
        network.features.load_state_dict(full.features.state_dict())
    else:
        _slim(full, network)
    return network


def _slim(full: PhaseNetwork, network: PhaseNetwork) -> None:
    """Copies the strongest channels of every layer (by the size of their BatchNorm's scale)."""
    streams: dict[int, Tensor] = {}  # which channels of a residual stream are kept, by its width
    kept = torch.arange(3)
    pairs = list(zip(full.features.modules(), network.features.modules(), strict=True))
    for index, (old, new) in enumerate(pairs):
        if not isinstance(old, nn.Conv2d) or not isinstance(new, nn.Conv2d):
            continue
        norm, slim = pairs[index + 1]
        if not isinstance(norm, nn.BatchNorm2d) or not isinstance(slim, nn.BatchNorm2d):
            raise TypeError("a convolution without its BatchNorm")
        if old.groups > 1:
            chosen = kept
            weight = old.weight.data[chosen]
        else:
            linear = index + 2 >= len(pairs) or not isinstance(pairs[index + 2][0], nn.ReLU6)
            if linear and old.out_channels in streams:
                chosen = streams[old.out_channels]
            else:
                order = norm.weight.data.abs().argsort(descending=True)
                chosen = order[: new.out_channels].sort().values
                if linear:
                    streams[old.out_channels] = chosen
            weight = old.weight.data[chosen][:, kept]
        new.weight.data.copy_(weight)
        for name in ("weight", "bias", "running_mean", "running_var"):
            getattr(slim, name).data.copy_(getattr(norm, name).data[chosen])
        kept = chosen


def multiply_adds(network: PhaseNetwork, size: int) -> int:
    """Multiply-adds of one picture of `size` pixels square."""
    total = 0

    def count(layer: nn.Module, _: object, result: Tensor) -> None:
        nonlocal total
        if isinstance(layer, nn.Conv2d):
            total += layer.weight.numel() * result.shape[2] * result.shape[3]
        elif isinstance(layer, nn.Linear):
            total += layer.weight.numel()

    hooks = [layer.register_forward_hook(count) for layer in network.modules()]
    training = network.training
    network.eval()
    with torch.no_grad():
        network(torch.zeros(1, 3, size, size))
    network.train(training)
    for hook in hooks:
        hook.remove()
    return total
