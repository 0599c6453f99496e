"""PyTorch to TFLite, by way of litert-torch; TensorFlow is not needed."""

from typing import Any

from tools.convert.quiet import quiet

_PICTURE_RANK = 4
_CHANNELS = (1, 3)


def to_tflite(module: Any, input_shape: tuple[int, ...]) -> bytes:  # noqa: ANN401 - torch comes late
    """Converts a network with one input to float32 TFLite, with built-in ops and a signature.

    Args:
        module: a `torch.nn.Module`; a picture reaches it the torch way round, as [1, C, H, W].
        input_shape: what the TFLite file shall take. [1, H, W, C] with one or three channels is a
            picture, as the device has it; anything else is passed to the module as it is.

    Returns:
        The .tflite file; batch normalisation and such are folded into the weights.
    """
    with quiet():
        # Desktop only, and slow to import.
        import litert_torch  # noqa: PLC0415
        import torch  # noqa: PLC0415

    was_training = bool(module.training)
    if was_training:
        module.eval()
    wrapped = module
    if is_picture(input_shape):
        wrapped = litert_torch.to_channel_last_io(module, args=[0]).eval()
    try:
        with quiet():
            converted = litert_torch.convert(wrapped, (torch.zeros(input_shape),))
            return bytes(converted.model_content())
    finally:
        if was_training:
            module.train()


def is_picture(shape: tuple[int | None, ...]) -> bool:
    """Whether a shape is that of a picture as the box has it, [1, H, W, C]."""
    return len(shape) == _PICTURE_RANK and shape[-1] in _CHANNELS
