"""The range of every tensor over the calibration samples."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Ranges = Literal["extremes", "mean"]
"""extremes: the lowest and the highest value ever seen. mean: the mean of each sample's."""


def collect_ranges(
    model: bytes,
    recipe: list[dict[str, Any]],
    samples: Sequence[NDArray[np.float32]],
    ranges: Ranges,
) -> dict[str, Any]:
    """Runs the float model on every sample and notes the ranges.

    ai-edge-quantizer's own way is a moving average in which the first sample weighs most, so the
    order of the pictures would change the model; neither of these does.

    Args:
        model: float TFLite with one input and a signature.
        recipe: the quantizer's recipe: it says which tensors matter.
        samples: inputs, each of the shape of the model's.
        ranges: what to note of them.
    """
    from ai_edge_quantizer import calibrator, recipe_manager  # noqa: PLC0415

    manager = recipe_manager.RecipeManager()
    manager.load_quantization_recipe(recipe)
    update = _widen if ranges == "extremes" else _average
    calibration = calibrator.Calibrator(model, num_threads=1, qsv_update_func=update)
    ((signature, names),) = calibration.get_signature_list().items()
    (name,) = names["inputs"]
    feeds = {signature: [{name: sample} for sample in samples]}
    calibration.calibrate(feeds, manager)
    return dict(calibration.get_model_qsvs())


def _widen(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    if not old:
        return new
    return {"min": np.minimum(old["min"], new["min"]), "max": np.maximum(old["max"], new["max"])}


def _average(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    if not old:
        return new
    count = old.get("count", 1) + 1
    low, high = (old[key] + (new[key] - old[key]) / count for key in ("min", "max"))
    return {"min": low, "max": high, "count": count}
