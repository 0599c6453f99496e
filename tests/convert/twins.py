"""Models of the shapes that users bring, with weights of our own, fitted to toy data."""

# ruff: noqa: ANN001, PLC0415 - keras comes in two versions, and late

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SIDE = 96
PHASES = ("neither", "up", "down")
STEPS, VALUES = 30, 132
EXERCISES = ("biceps_curl", "shoulder_press", "squat")


def pictures(count: int, seed: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """A reddish, a bluish or a grey room, dark or bright: [n, 96, 96, 3] and the class."""
    random = np.random.default_rng(seed)
    truth = np.arange(count) % 3
    shown = random.integers(0, 40, (count, SIDE, SIDE, 3))
    shown += random.integers(0, 90, (count, 1, 1, 1))
    for index, channel in enumerate((0, 2)):
        chosen = truth == index
        shown[chosen, :, :, channel] += random.integers(60, 120, (chosen.sum(), 1, 1))
    return shown.astype(np.uint8), truth


def windows(count: int, seed: int = 0) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Landmarks that swing once, twice or four times in a window: [n, 30, 132] and the class."""
    random = np.random.default_rng(seed)
    truth = np.arange(count) % 3
    time = np.linspace(0, 2 * np.pi, STEPS)
    swing = np.sin((2.0**truth)[:, None] * time + random.uniform(0, 6, (count, 1)))
    rows = 0.5 + 0.3 * swing[..., None] * np.cos(np.arange(VALUES))
    return (rows + random.normal(0, 0.03, rows.shape)).clip(0, 1).astype(np.float32), truth


def write_pictures(folder: Path, count: int, seed: int = 1) -> Path:
    """Pictures in folders named after their phase."""
    import cv2

    for index, (picture, phase) in enumerate(zip(*pictures(count, seed), strict=True)):
        place = folder / PHASES[phase]
        place.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(place / f"{index}.png"), picture[:, :, ::-1])
    return folder


def write_windows(path: Path, count: int, seed: int = 1) -> Path:
    rows, truth = windows(count, seed)
    np.savez(path, windows=rows, truth=truth)
    return path


def keras_of(version: int):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if version == 2:
        import tf_keras

        return tf_keras
    import keras

    return keras


def spot_net(keras):
    """MobileNetV2 with three dense layers and three outputs; pictures in -1..1."""
    keras.utils.set_random_seed(0)
    layers = keras.layers
    base = keras.applications.MobileNetV2(
        input_shape=(SIDE, SIDE, 3), include_top=False, weights=None, alpha=0.35, pooling="avg"
    )
    for layer in base.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.momentum = 0.8  # means and variances that follow in a few steps
    x = layers.Dense(128, activation="relu")(base.output)
    x = layers.Dense(64, activation="relu")(x)
    model = keras.Model(base.input, layers.Dense(3, activation="softmax")(x))
    shown, truth = pictures(192)
    _fit(keras, model, shown / np.float32(127.5) - 1, truth, epochs=10)
    return model


def attention_net(keras, units: int = 12):
    """Bidirectional LSTM, attention over time by Permute, Dense and Multiply, dense layers."""
    keras.utils.set_random_seed(0)
    layers = keras.layers
    given = layers.Input((STEPS, VALUES))
    x = layers.Bidirectional(layers.LSTM(units, return_sequences=True))(given)
    share = layers.Permute((2, 1))(x)
    share = layers.Dense(STEPS, activation="softmax")(share)
    share = layers.Permute((2, 1), name="attention_vec")(share)
    x = layers.Multiply(name="attention_mul")([x, share])
    x = layers.Flatten()(x)
    x = layers.Dropout(0.5)(layers.Dense(64, activation="relu")(x))
    model = keras.Model(given, layers.Dense(3, activation="softmax")(x))
    _fit(keras, model, *windows(240), epochs=10)
    return model


def small_window_net(keras):
    """Tells the windows apart by a convolution over time; logits."""
    keras.utils.set_random_seed(0)
    layers = keras.layers
    given = layers.Input((STEPS, VALUES))
    x = layers.Rescaling(4.0, -2.0)(given)
    x = layers.Conv1D(12, 7, activation="relu")(x)
    x = layers.Conv1D(12, 3, activation="relu")(x)
    model = keras.Model(given, layers.Dense(3)(layers.GlobalAveragePooling1D()(x)))
    _fit(keras, model, *windows(240), epochs=12, logits=True)
    return model


def fit_torch(network):
    """Fits a small torch network to the pictures."""
    import torch

    shown, truth = pictures(48)
    inputs = torch.from_numpy(shown / np.float32(127.5) - 1).permute(0, 3, 1, 2).contiguous()
    wanted = torch.from_numpy(truth)
    steps = torch.optim.Adam(network.parameters(), 0.05)
    network.train()
    for _ in range(40):
        steps.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(inputs), wanted, label_smoothing=0.15)
        loss.backward()
        steps.step()
    return network.eval()


def custom_module():
    """A module of a class that only this file knows."""
    import torch

    class Own(torch.nn.Linear):
        pass

    Own.__qualname__ = "Own"
    globals()["Own"] = Own
    return Own(2, 2)


def _fit(keras, model, inputs, truth, *, epochs: int, logits: bool = False) -> None:
    """Smoothed labels keep the answers short of 0 and 1, where any two models would agree."""
    loss = keras.losses.CategoricalCrossentropy(from_logits=logits, label_smoothing=0.15)
    model.compile(keras.optimizers.Adam(0.004), loss)
    wanted = np.eye(3, dtype=np.float32)[truth]
    model.fit(inputs, wanted, batch_size=16, epochs=epochs, verbose=0)
