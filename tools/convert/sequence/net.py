"""The network: a convolutional front, an LSTM, attention over time, one probability a class."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from tools.convert.sequence.labels import LABELS

DROPOUT = 0.3


@dataclass(frozen=True, slots=True)
class Shape:
    """What the network is made of.

    Attributes:
        inputs: numbers in a row.
        length: rows of a window.
        front: channels of the convolution before the LSTM; 0 for none.
        kernel: rows that it looks at.
        hidden: cells of the LSTM.
        attention: whether all of its outputs are weighed; else the last one counts.
        both: whether it reads the window backwards too.
    """

    inputs: int
    length: int
    front: int = 96
    kernel: int = 3
    hidden: int = 96
    attention: bool = True
    both: bool = False

    @property
    def multiplies(self) -> int:
        """Multiply-adds for one window."""
        width = self.front or self.inputs
        ways = 2 if self.both else 1
        front = self.front * self.inputs * self.kernel
        cells = 4 * self.hidden * (width + self.hidden) * ways
        weighing = 2 * self.hidden * ways if self.attention else 0
        return self.length * (front + cells + weighing) + len(LABELS) * self.hidden * ways


class SequenceModel(nn.Module):
    """Windows [n, length, inputs] to logits [n, classes].

    It only multiplies and never divides: tflite-runtime 2.14 cannot divide integers.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.register_buffer("centre", torch.zeros(shape.inputs))
        self.register_buffer("scale", torch.ones(shape.inputs))
        self.register_buffer("sharpness", torch.tensor(1.0))
        width = shape.inputs
        if shape.front:
            self.front = nn.Conv1d(width, shape.front, shape.kernel, padding=shape.kernel // 2)
            width = shape.front
        self.lstm = nn.LSTM(width, shape.hidden, batch_first=True, bidirectional=shape.both)
        out = shape.hidden * (2 if shape.both else 1)
        if shape.attention:
            self.weigh = nn.Linear(out, 1)
        self.drop = nn.Dropout(DROPOUT)
        self.classify = nn.Linear(out, len(LABELS))

    def standardise(self, centre: Tensor, spread: Tensor) -> None:
        """Sets what inputs are shifted and scaled by: about zero, at most a few."""
        self.centre.copy_(centre)
        self.scale.copy_(1.0 / spread)

    def calibrate(self, temperature: float) -> None:
        """Divides the logits by a temperature from now on."""
        self.sharpness.fill_(1.0 / temperature)

    def forward(self, window: Tensor) -> Tensor:
        """Logits, calibrated."""
        seen = ((window - self.centre) * self.scale).clamp(-4.0, 4.0)
        if self.shape.front:
            seen = self.front(seen.transpose(1, 2)).relu().transpose(1, 2)
        told = self.lstm(self.drop(seen))[0]
        if self.shape.attention:
            share = self.weigh(told).squeeze(-1).softmax(dim=-1)
            whole = (told * share.unsqueeze(-1)).sum(dim=1)
        else:
            whole = told[:, -1]
        return self.classify(self.drop(whole)) * self.sharpness


class Probabilities(nn.Module):
    """Several of them as one with probabilities, as the box loads it: the mean of their logits."""

    def __init__(self, members: Sequence[SequenceModel]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, window: Tensor) -> Tensor:
        """[n, classes] which sum to 1."""
        logits = self.members[0](window)
        for member in self.members[1:]:
            logits = logits + member(window)
        return (logits * (1.0 / len(self.members))).softmax(dim=-1)
