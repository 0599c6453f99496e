"""BlazePose in 8-bit integers: `python -m tools.convert quantise blazepose`.

    published file -> float32 constants, unused outputs cut (`fold`) -> means of the bottlenecks
    taken out (`centre`) -> ranges of the activations on real crops (`ranges`) -> mixed int8 and
    float (`integer`), as `recipes.toml` has it

`sensitivity` measures what each layer costs; `tools/evaluate quantised_pose` judges the result.
"""
