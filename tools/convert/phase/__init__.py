"""The phase net of spot mode: up, down or neither from one picture, for push-ups and squats.

A MobileNetV2 with ImageNet weights, fine-tuned on frames of real clips and of synthetic athletes.
"""

LABELS = ("up", "down", "neither")
"""Classes, in the order of the network's outputs."""
EXERCISES = ("push_up", "squat")
"""What the network knows; every other movement is `neither`."""
OUTER = 1 / 3
"""Share of the travel at either end that is called up or down."""
