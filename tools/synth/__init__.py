"""Synthetic athletes: pictures and clips whose labels are exact, because the motion is known.

    demo.toml -> script -> motion -> rig -> render -> encode
                   \\-> labels

The motion and the labels are pure numpy; only `body` (anny, torch) and `render` (pyrender) need the extra `synth`.
"""
