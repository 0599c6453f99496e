"""Synthetic athletes: pictures and clips whose labels are exact, because the motion is known.

    demo.toml -> script -> motion -> rig -> render -> encode
                                  -> labels

Motion and labels are pure numpy; body, room and render need the extra `synth`.
"""
