import importlib.util

# These read and write .tflite files with the schema that ai-edge-litert carries. The runtime of the
# Pi's Python 3.11 has none, and no model is made there.
_NEED_THE_SCHEMA = [
    "test_blazepose_quantise.py",
    "test_compare.py",
    "test_convert.py",
    "test_convert_usage.py",
    "test_tflite_file.py",
]
collect_ignore = [] if importlib.util.find_spec("ai_edge_litert") else _NEED_THE_SCHEMA
