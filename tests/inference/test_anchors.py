"""The anchors: known counts and places."""

import numpy as np

from gymbox.inference.anchors import anchor_centres


def test_there_are_as_many_as_the_detector_has_outputs():
    anchors = anchor_centres()
    assert anchors.shape == (2254, 2)
    assert anchors.dtype == np.float32


def test_the_first_of_each_layer_is_the_middle_of_its_first_cell():
    anchors = anchor_centres()
    for start, cells in ((0, 28), (28 * 28 * 2, 14), (28 * 28 * 2 + 14 * 14 * 2, 7)):
        np.testing.assert_allclose(anchors[start], 0.5 / cells)


def test_rows_run_along_x_and_each_cell_has_its_anchors_together():
    anchors = anchor_centres()
    np.testing.assert_array_equal(anchors[0], anchors[1])
    np.testing.assert_allclose(anchors[2] - anchors[0], [1 / 28, 0], atol=1e-7)
    np.testing.assert_allclose(anchors[56] - anchors[0], [0, 1 / 28], atol=1e-7)
    assert len(np.unique(anchors[-7 * 7 * 6 :], axis=0)) == 49


def test_they_are_symmetric_about_the_middle():
    anchors = anchor_centres()
    np.testing.assert_allclose(anchors.mean(axis=0), 0.5, atol=1e-6)
