"""Models of the shapes that users bring, with weights of our own, fitted to toy data."""

# ruff: noqa: ANN001, PLC0415 - keras comes in two versions, and late

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SIDE = 96
PHASES = ("up", "down", "neither")
STEPS, VALUES = 30, 132
EXERCISES = ("biceps_curl", "shoulder_press", "squat")


def pictures(count: int, seed: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """A reddish, a bluish or a grey room: [n, 96, 96, 3] and the class."""
    random = np.random.default_rng(seed)
    truth = np.arange(count) % 3
    shown = random.integers(30, 34, (count, SIDE, SIDE, 3)).astype(np.uint8)
    shown[truth == 0, :, :, 0] += np.uint8(120)
    shown[truth == 1, :, :, 2] += np.uint8(120)
    return shown, truth


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
            layer.momentum = 0.2  # means and variances that follow quickly
    shown, truth = pictures(60)
    inputs = shown / np.float32(127.5) - 1
    for _ in range(3):
        base(inputs[:24], training=True)
    x = layers.Dense(128, activation="relu")(base.output)
    x = layers.Dense(64, activation="relu")(x)
    model = keras.Model(base.input, layers.Dense(3, activation="softmax")(x))
    _fit(keras, model, inputs, truth)
    return model


def attention_net(keras, units: int = 16):
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
    _fit(keras, model, *windows(300))
    return model


def _fit(keras, model, inputs, truth) -> None:
    """Solves for the last layer, as far from its answers as the others' random weights allow."""
    inner = keras.Model(model.input, model.layers[-1].input)
    seen = np.asarray(inner(inputs), np.float64)
    middle, scale = seen.mean(axis=0), seen.std(axis=0) + 1e-6
    seen = (seen - middle) / scale
    wanted = np.eye(3)[truth] * 9 - 3
    square = seen.T @ seen + 0.3 * len(seen) * np.eye(seen.shape[1])
    weights = np.linalg.solve(square, seen.T @ (wanted - wanted.mean(axis=0))) / scale[:, None]
    model.layers[-1].set_weights([weights, wanted.mean(axis=0) - middle @ weights])
