"""Which operators of a `.tflite` file are not built into the runtimes.

A TFLite model is a FlatBuffer; its root table has the list of operators as second field. Of each we
need the code and the name that only a custom one has (Flex operators are custom ones named
Flex...). Layout: tensorflow/lite/schema/schema.fbs and flatbuffers.dev/internals.
"""

import struct

_OPERATOR_CODES = 1  # field of Model
_OLD_CODE, _CUSTOM_NAME, _CODE = 0, 1, 3  # fields of OperatorCode
_CUSTOM = 32  # BuiltinOperator.CUSTOM


def custom_operators(model: bytes) -> list[str]:
    """Names of the operators that need more than the plain runtime, sorted.

    Raises:
        ValueError: the bytes are no TFLite model.
    """
    if model[4:8] != b"TFL3":
        raise ValueError("it is no TFLite model")
    try:
        root = _integer("<I", model, 0)
        found = {_name(model, table) for table in _tables(model, root, _OPERATOR_CODES)}
    except struct.error as error:
        raise ValueError("it is cut off") from error
    return sorted(found - {""})


def _name(model: bytes, table: int) -> str:
    """The name of a custom operator, "" for a built-in one."""
    # Codes up to 127 stand in the old field, those above only in the new one; the larger counts.
    old = _field(model, table, _OLD_CODE)
    new = _field(model, table, _CODE)
    code = max(
        _integer("<b", model, old) if old else 0,
        _integer("<i", model, new) if new else 0,
    )
    name = _field(model, table, _CUSTOM_NAME)
    if code != _CUSTOM:
        return ""
    if not name:
        return "an operator without a name"
    place = name + _integer("<I", model, name)
    length = _integer("<I", model, place)
    return model[place + 4 : place + 4 + length].decode("utf-8", errors="replace")


def _tables(model: bytes, table: int, field: int) -> list[int]:
    """Where the tables of a vector lie."""
    place = _field(model, table, field)
    if not place:
        return []
    vector = place + _integer("<I", model, place)
    count = _integer("<I", model, vector)
    if 4 * count > len(model):
        raise ValueError("it is cut off")
    items = range(vector + 4, vector + 4 + 4 * count, 4)
    return [item + _integer("<I", model, item) for item in items]


def _field(model: bytes, table: int, number: int) -> int:
    """Where a field of a table lies, 0 if the table does not have it."""
    layout = table - _integer("<i", model, table)
    size = _integer("<H", model, layout)
    slot = 4 + 2 * number
    offset = _integer("<H", model, layout + slot) if slot < size else 0
    return table + offset if offset else 0


def _integer(kind: str, model: bytes, place: int) -> int:
    if place < 0:
        raise ValueError("it is cut off")
    return int(struct.unpack_from(kind, model, place)[0])
