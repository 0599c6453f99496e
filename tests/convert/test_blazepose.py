"""What turns a pose network into integers: each step keeps what the network computes."""

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("ai_edge_litert")

from tests.convert.residual_graph import SIDE, THIN, residual
from tools.convert.blazepose import graph as g
from tools.convert.blazepose.centre import centre
from tools.convert.blazepose.fold import fold
from tools.convert.blazepose.integer import layer, scale_of
from tools.convert.blazepose.make import Prepared, make, prepare
from tools.convert.blazepose.ranges import observe, percentile
from tools.convert.blazepose.recipe import Recipe
from tools.convert.blazepose.run import Runner

RECIPE = Recipe("residual", ("seen", "branch"), 0.0, ((0, 0),), {})


def pictures(count: int = 20) -> list[NDArray[np.float32]]:
    chance = np.random.default_rng(7)
    return list(chance.random((count, 1, SIDE, SIDE, 3), dtype=np.float32))


def outputs(model: bytes, count: int = 20):
    runner = Runner(model)
    made = [runner.run(picture) for picture in pictures(count)]
    return [np.stack(column) for column in zip(*made, strict=True)]


def kinds(model: bytes) -> list[str]:
    graph = g.read(model)
    return [g.kind(graph, op) for op in graph.subgraphs[0].operators]


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare(residual(), RECIPE, pictures)


def test_folding_keeps_every_bit_and_cuts_what_nobody_reads():
    plain = g.write(fold(residual(), ("seen", "branch")))
    whole = outputs(residual())
    for ours, theirs in zip(outputs(plain), whole[:2], strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert "DEQUANTIZE" not in kinds(plain)
    graph = g.read(plain)
    assert "mask" not in {layer(graph, op) for op in graph.subgraphs[0].operators}
    assert graph.signatureDefs


def test_the_published_file_holds_no_plain_constant():
    assert kinds(residual()).count("DEQUANTIZE") == 16


def test_centring_takes_the_means_out_and_changes_nothing_else(prepared: Prepared):
    for ours, theirs in zip(outputs(prepared.centred), outputs(prepared.plain), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-4)
    assert np.abs(prepared.plain_means["thin"]).max() > 5
    for name in ("thin", "thin_again", "sum"):
        np.testing.assert_allclose(prepared.means[name], 0, atol=1e-3)


def test_a_layer_that_pads_with_zeros_gets_the_mean_back(prepared: Prepared):
    assert prepared.floats == {"sum/restored", "branch"}


def test_nothing_is_centred_where_an_output_would_show_it():
    graph = fold(residual(), ("mask",))
    means = {name: seen.mean for name, seen in observe(g.write(graph), pictures()).items()}
    centre(graph, means)
    np.testing.assert_allclose(outputs(g.write(graph))[0], outputs(residual())[2], atol=2e-4)


def test_integers_come_near_and_centring_is_why(prepared: Prepared):
    truth = outputs(prepared.plain)

    def error(model: bytes) -> float:
        return float(
            np.mean([np.abs(a - b).mean() for a, b in zip(outputs(model), truth, strict=True)])
        )

    whole = make(prepared, ())
    uncentred = Prepared(
        prepared.plain,
        prepared.layers,
        prepared.plain,
        frozenset(),
        prepared.plain_ranges,
        prepared.plain_means,
        prepared.plain_ranges,
        prepared.plain_means,
    )
    assert error(whole) < 0.06
    assert error(make(uncentred, ())) > 2 * error(whole)
    assert error(make(prepared, prepared.layers)) == pytest.approx(0, abs=1e-4)


def test_layers_that_are_to_stay_float_do(prepared: Prepared):
    model = make(prepared, RECIPE.float_layers(prepared.layers))
    graph = g.read(model)
    made = {layer(graph, op): op for op in graph.subgraphs[0].operators}
    types = {name: graph.subgraphs[0].tensors[int(op.outputs[0])].type for name, op in made.items()}
    assert types["stem"] == types["branch"] == g.schema.TensorType.FLOAT32
    assert types["wide/int8"] == types["sum/int8"] == g.schema.TensorType.INT8
    assert [
        tensor.type for tensor in (graph.subgraphs[0].tensors[i] for i in graph.subgraphs[0].inputs)
    ] == [g.schema.TensorType.FLOAT32]


def test_the_same_inputs_give_the_same_bytes(prepared: Prepared):
    again = prepare(residual(), RECIPE, pictures)
    assert make(again, ["stem"]) == make(prepared, ["stem"])


def test_ranges_hold_zero_exactly():
    for limits in ((-1.0, 3.0), (0.5, 6.0), (-4.0, -1.0), (0.0, 0.0)):
        scale, zero = scale_of(limits)
        assert -128 <= zero <= 127
        assert scale * (127 - zero) >= limits[1] - scale
        assert scale * (-128 - zero) <= limits[0] + scale


def test_observed_values():
    seen = observe(g.write(fold(residual(), ("seen",))), pictures())
    thin = seen["thin"]
    assert thin.mean.shape == (THIN,)
    assert percentile(thin, 0) == (thin.sample.min(), thin.sample.max())
    low, high = percentile(thin, 0.01)
    assert thin.sample.min() < low < high < thin.sample.max()
    assert seen["picture"].sample.max() <= 1
