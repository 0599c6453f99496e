"""The region of interest: geometry that must hold for any region."""

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.inference.roi import Cropper, Roi
from tests.strategies import floats

places = floats(-2000, 2000)
rois = st.builds(Roi, places, places, floats(1, 3000), floats(-math.pi, math.pi))


@given(rois, floats(0, 256), floats(0, 256))
def test_from_crop_to_frame_and_back_is_the_identity(roi: Roi, x: float, y: float):
    there = roi.to_frame(256)
    back = cv2.invertAffineTransform(there)
    frame = there @ (x, y, 1)
    np.testing.assert_allclose(back @ (*frame, 1), (x, y), atol=1e-6 * 3000)


@given(rois, st.sampled_from([224, 256]))
def test_the_middle_of_the_crop_is_the_middle_of_the_region(roi: Roi, pixels: int):
    np.testing.assert_allclose(
        roi.to_frame(pixels) @ (pixels / 2, pixels / 2, 1), (roi.x, roi.y), atol=1e-6
    )


@given(rois)
def test_a_step_in_the_crop_keeps_its_scale(roi: Roi):
    matrix = roi.to_frame(256)[:, :2]
    scale = roi.side / 256
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(2) * scale**2, atol=1e-9 * scale**2 + 1e-9)
    assert np.linalg.det(matrix) > 0


@given(places, places, floats(1, 1000), floats(-3.1, 3.1))
def test_a_body_region_has_its_rim_straight_above_its_middle(
    x: float, y: float, radius: float, angle: float
):
    rim = np.array([x + radius * math.sin(angle), y - radius * math.cos(angle)])
    roi = Roi.of_body(np.array([x, y]), rim)
    assert roi is not None
    assert roi.rotation == pytest.approx(angle, abs=1e-6)
    assert roi.side == pytest.approx(2.5 * radius, rel=1e-6)
    np.testing.assert_allclose(
        roi.to_frame(256) @ (128, 128 - 128 / 1.25, 1), rim, atol=1e-6 * (radius + 2000)
    )


def test_points_that_span_nothing_give_no_region():
    point = np.array([3.0, 4.0])
    assert Roi.of_body(point, point) is None
    assert Roi.of_body(point, np.array([np.nan, 1])) is None
    assert Roi.of_body(point, np.array([np.inf, 1])) is None


def test_the_region_of_a_frame_is_its_letterbox():
    assert Roi.of_frame(640, 360) == Roi(320, 180, 640, 0)


def test_a_crop_turns_bgr_to_rgb_and_black_and_white_to_the_range():
    image = np.zeros((8, 8, 3), np.uint8)
    image[...] = (255, 0, 51)
    out = np.empty((1, 4, 4, 3), np.float32)
    Cropper(4, -1.0, 1.0, cv2.BORDER_REPLICATE)(image, Roi.of_frame(8, 8).to_frame(4), out)
    np.testing.assert_allclose(
        out, np.broadcast_to([51 / 255 * 2 - 1, -1, 1], out.shape), atol=1e-6
    )


def test_a_crop_of_its_own_size_is_the_frame():
    image = np.random.default_rng(0).integers(0, 256, (32, 32, 3), np.uint8)
    out = np.empty((1, 32, 32, 3), np.float32)
    Cropper(32, 0.0, 1.0, cv2.BORDER_REPLICATE)(image, Roi(16, 16, 32).to_frame(32), out)
    np.testing.assert_allclose(out[0] * 255, image[..., ::-1], atol=1e-4)


@pytest.mark.parametrize(
    ("border", "outside"), [(cv2.BORDER_CONSTANT, 0), (cv2.BORDER_REPLICATE, 1)]
)
def test_what_lies_outside_of_the_frame(border: int, outside: float):
    image = np.full((16, 16, 3), 255, np.uint8)
    out = np.empty((1, 16, 16, 3), np.float32)
    Cropper(16, 0.0, 1.0, border)(image, Roi(8, 40, 16).to_frame(16), out)
    np.testing.assert_allclose(out, outside)


@given(rois)
def test_upside_down_twice_is_the_same_region(roi: Roi):
    once = roi.upside_down()
    assert abs(once.rotation) <= math.pi
    assert abs(abs(once.rotation - roi.rotation) - math.pi) < 1e-9
    there, back = roi.to_frame(256), once.upside_down().to_frame(256)
    np.testing.assert_allclose(back, there, atol=1e-6)
    np.testing.assert_allclose(once.to_frame(256) @ (256, 256, 1), there @ (0, 0, 1), atol=1e-6)
