"""Class-activation maps of .tflite files that end in average pooling and dense layers.

Zhou et al. 2016, "Learning Deep Features for Discriminative Localization"; with several dense
layers it is Grad-CAM (Selvaraju et al. 2017), whose gradient is exact here: dense layers with ReLU
are linear around a picture. Quantised tensors are read as the numbers they stand for.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import ModelError
from tools.evaluate.interpreters import laid_open

_DENSE, _POOLS = "FULLY_CONNECTED", ("MEAN", "AVERAGE_POOL_2D")
_THROUGH = ("RELU", "RELU6", "DEQUANTIZE", "QUANTIZE", "RESHAPE", "SQUEEZE")
_LAST = (*_THROUGH, "SOFTMAX", "LOGISTIC", "MUL", "DIV")
_RANK = 4
_STEPS = 1.5  # of a quantised tensor, by which it may be off


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """A dense layer at work.

    Attributes:
        weights: [outputs, inputs].
        passes: [outputs], whether a small change gets through the activation function.
    """

    weights: NDArray[np.float64]
    passes: NDArray[np.bool_]


class ActivationMap:
    """Makes the maps of one model.

    Args:
        model: the .tflite file, float or quantised.

    Raises:
        ModelError: the file cannot be run, or does not end in average pooling and dense layers.
    """

    def __init__(self, model: bytes) -> None:
        self._interpreter = laid_open(model)
        self._details = {item["index"]: item for item in self._interpreter.get_tensor_details()}
        ops = self._interpreter._get_ops_details()  # noqa: SLF001 - there is no other way
        self._producers = {index: op for op in ops for index in op["outputs"]}
        self._layers, self._pool = self._head()

    def __call__(self, tensor: NDArray[np.float32], label: int) -> NDArray[np.float64]:
        """Where the network found what speaks for a class.

        What counts is by how much the logit of the class is above the mean of all logits: softmax
        sees no more than that.

        Args:
            tensor: [1, side, side, 3], as the network takes it.
            label: index of the class.

        Returns:
            [height, width] of the last feature map, in logits; it sums to the share of the
            features in the logit where there is one dense layer. Negative: speaks against it.
        """
        self._interpreter.set_tensor(self._interpreter.get_input_details()[0]["index"], tensor)
        self._interpreter.invoke()
        layers = [self._dense(op, after) for op, after in self._layers]
        gradient = np.full(len(layers[-1].weights), -1 / len(layers[-1].weights))
        gradient[label] += 1
        for layer in reversed(layers):
            gradient = (gradient * layer.passes) @ layer.weights
        features = self._features()
        heat: NDArray[np.float64] = features @ gradient / features[..., 0].size
        return heat

    def _head(self) -> tuple[list[tuple[Any, int | None]], Any]:
        """The dense layers, first one first, each with the tensor after it, and the pooling."""
        (output,) = self._interpreter.get_output_details()
        layers: list[tuple[Any, int | None]] = []
        index, after = int(output["index"]), None
        while op := self._producers.get(index):
            if op["op_name"] == _DENSE:
                layers.insert(0, (op, after))
                after = int(op["inputs"][0])
            elif op["op_name"] in _POOLS and layers:
                return layers, op
            elif op["op_name"] not in (_THROUGH if layers else _LAST):
                break
            # A factor, such as a temperature, may come before what it is multiplied with.
            computed = [int(one) for one in op["inputs"] if one in self._producers]
            index = computed[0] if computed else -1
        raise ModelError(
            "the model does not end in average pooling and dense layers", "leave out --cam"
        )

    def _dense(self, op: Any, after: int | None) -> Dense:  # noqa: ANN401
        source, weights, *bias = (int(index) for index in op["inputs"])
        matrix = self._value(weights)
        passes = np.ones(len(matrix), bool)
        if after is not None:
            # What the next layer gets differs from the sum where the activation function cut it.
            result = matrix @ self._value(source).ravel()
            if bias and bias[0] >= 0:
                result += self._value(bias[0])
            slack = _STEPS * self._step(after) + 1e-4 * np.abs(result).max()
            passes = np.abs(self._value(after).ravel() - result) <= slack
        return Dense(matrix, passes)

    def _features(self) -> NDArray[np.float64]:
        """The last feature map, [height, width, channels], known to be what is averaged."""
        source = int(self._pool["inputs"][0])
        pooled = self._value(int(self._pool["outputs"][0])).ravel()
        features = self._value(source)
        slack = _STEPS * self._step(int(self._pool["outputs"][0])) + 1e-4 * np.abs(features).max()
        for order in ((0, 1, 2, 3), (0, 2, 3, 1)) if features.ndim == _RANK else ():
            turned: NDArray[np.float64] = features.transpose(order)[0]
            means = turned.mean(axis=(0, 1))
            if means.shape == pooled.shape and np.abs(means - pooled).max() <= slack:
                return turned
        raise ModelError(
            "the pooling of the model is no mean over its last feature map", "leave out --cam"
        )

    def _value(self, index: int) -> NDArray[np.float64]:
        value: NDArray[np.float64] = self._interpreter.get_tensor(index).astype(np.float64)
        scales, zeros, axis = self._quantisation(index)
        if not len(scales):
            return value
        shape = [1] * value.ndim
        if len(scales) > 1:
            shape[axis] = -1
        return (value - zeros.reshape(shape)) * scales.reshape(shape)

    def _step(self, index: int) -> float:
        scales, _, _ = self._quantisation(index)
        return float(scales.max()) if len(scales) else 0.0

    def _quantisation(self, index: int) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
        parameters = self._details[index]["quantization_parameters"]
        return (
            np.asarray(parameters["scales"], np.float64),
            np.asarray(parameters["zero_points"], np.float64),
            int(parameters["quantized_dimension"]),
        )
