from pathlib import Path

import numpy as np
import pytest

from gymbox.errors import InputError
from tools.synth.curves import Array
from tools.synth.moves import exercise as exercises
from tools.synth.moves.gear import Prop
from tools.synth.moves.hands import grip
from tools.synth.moves.reps import COMPLETE
from tools.synth.moves.rig import ARM, LEG, SIDES
from tools.synth.moves.take import Take, perform, work
from tools.synth.moves.turns import turned
from tools.synth.skeleton import Skeleton

ALL = [(name, variant) for name in exercises.names() for variant in exercises.variants(name)]
FAULTS = [(name, fault) for name in exercises.names() for fault in exercises.load(name).faults]
FPS = 15.0


def done(stick: Skeleton, name: str, variant: str | None = None, **options: object) -> Take:
    exercise = exercises.load(name, variant)
    return perform(exercise, stick, np.random.default_rng(7), fps=FPS, count=2, **options)  # type: ignore[arg-type]


def joint(take: Take, bone: str) -> Array:
    return take.placed.heads[:, take.skeleton.names.index(bone)]


@pytest.mark.parametrize(("name", "variant"), ALL)
def test_every_variant_plays(stick: Skeleton, name: str, variant: str) -> None:
    take = done(stick, name, variant)
    assert take.exercise == name
    assert len(take.times) == len(take.placed) == len(take.phases) == len(take.depth)
    assert np.isfinite(take.placed.heads).all()
    assert len(take.reps) == 2
    for prop in take.props:
        assert prop.poses.shape == (len(take.times), 4, 4)


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_every_fault_changes_the_movement(stick: Skeleton, name: str, fault: str) -> None:
    good, bad = done(stick, name), done(stick, name, faults={fault: 1.0})
    n = min(len(good.times), len(bad.times))
    assert bad.faults == {fault: 1.0}
    assert np.abs(good.placed.heads[:n] - bad.placed.heads[:n]).max() > 0.02


@pytest.mark.parametrize(("name", "variant"), ALL)
def test_turns_are_rotations_and_bones_keep_their_lengths(
    stick: Skeleton, name: str, variant: str
) -> None:
    take = done(stick, name, variant)
    turns = take.placed.turns
    np.testing.assert_allclose(
        turns @ np.swapaxes(turns, -1, -2), np.broadcast_to(np.eye(3), turns.shape), atol=1e-6
    )
    for k, parent in enumerate(stick.parents):
        if parent >= 0:
            long = np.linalg.norm(take.placed.heads[:, k] - take.placed.heads[:, parent], axis=-1)
            rest = np.linalg.norm(stick.heads[k] - stick.heads[parent])
            np.testing.assert_allclose(long, rest, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "variant"),
    [pair for pair in ALL if exercises.load(*pair).anchor in {"feet", "plank"}],
)
def test_feet_stand(stick: Skeleton, name: str, variant: str) -> None:
    worked = work(exercises.load(name, variant), stick, np.random.default_rng(3), fps=FPS, count=2)
    held = worked.held.feet
    assert held is not None
    for k, side in enumerate(SIDES):
        ankle = joint(worked.take, f"{LEG[-1]}.{side}")
        assert np.linalg.norm(ankle - held[:, k], axis=-1).max() < 0.001
        if not worked.figure.angle(f"heel_{side.lower()}").any():
            assert np.ptp(ankle, axis=0).max() < 0.001


@pytest.mark.parametrize(
    ("name", "variant"), [pair for pair in ALL if exercises.load(*pair).anchor == "hands"]
)
def test_who_hangs_or_props_does_so_on_straight_arms(
    stick: Skeleton, name: str, variant: str
) -> None:
    """The hands close round a bar beyond the wrists; that must not bend the elbows."""
    worked = work(exercises.load(name, variant), stick, np.random.default_rng(3), fps=FPS, count=2)
    long = sum(worked.figure.lengths(ARM))
    for side in SIDES:
        chord = joint(worked.take, f"wrist.{side}") - joint(worked.take, f"{ARM[0]}.{side}")
        share = np.linalg.norm(chord, axis=-1) / long
        assert share[0] > 0.96
        assert share.min() < 0.8


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        pair
        for pair in ALL
        if exercises.load(*pair).hold.get("kind") in {"barbell", "dumbbells", "bar", "dips"}
    ],
)
def test_hands_are_at_what_they_hold(stick: Skeleton, name: str, variant: str) -> None:
    take = done(stick, name, variant)
    for k, side in enumerate(SIDES):
        wrist = stick.names.index(f"{ARM[-1]}.{side}")
        palm = take.placed.turns[:, wrist]
        point = take.placed.heads[:, wrist] + turned(palm, grip(stick, side))
        assert off(take.props, k, point).max() < 0.005


def off(props: tuple[Prop, ...], side: int, point: Array) -> Array:
    """How far [n] points are from the line of what this hand holds, metres."""
    kind = props[0].kind
    prop = props[side] if kind == "dumbbell" else props[0]
    local = turned(np.swapaxes(prop.poses[:, :3, :3], -1, -2), point - prop.poses[:, :3, 3])
    if kind == "dip_bars":
        beside = (0.5 - side) * prop.options["apart"]
        return np.hypot(local[:, 0] - beside, local[:, 2])
    return np.hypot(local[:, 1], local[:, 2])


def test_the_lever_goes_with_the_shins(stick: Skeleton) -> None:
    take = done(stick, "leg_extension")
    machine, lever = take.props
    assert (machine.kind, lever.kind) == ("leg_extension", "leg_extension_lever")
    shin = joint(take, "foot.L") - joint(take, "lowerleg01.L")
    down = -lever.poses[:, :3, 2]
    cosine = np.sum(shin * down, axis=-1) / np.linalg.norm(shin, axis=-1)
    assert cosine.min() > np.cos(np.deg2rad(12))
    knee = joint(take, "lowerleg01.L")
    assert np.abs(lever.poses[:, 1, 3] - knee[:, 1]).max() < 0.05
    assert np.ptp(lever.poses[:, :3, 3], axis=0).max() == 0


@pytest.mark.parametrize("variant", exercises.variants("deadlift"))
def test_a_barbell_starts_on_the_floor(stick: Skeleton, variant: str) -> None:
    take = done(stick, "deadlift", variant)
    if take.props[0].kind == "barbell":
        lowest = take.props[0].poses[:, 2, 3].min()
        assert lowest == pytest.approx(take.props[0].options["radius"], abs=0.02)


@pytest.mark.parametrize(("name", "variant"), ALL)
def test_nothing_goes_through_the_floor(stick: Skeleton, name: str, variant: str) -> None:
    assert done(stick, name, variant).placed.heads[..., 2].min() > -0.03


@pytest.mark.parametrize("name", exercises.names())
def test_repetitions_agree_with_the_depth(stick: Skeleton, name: str) -> None:
    take = done(stick, name, partials=(0.4,))
    assert sum(not rep.partial for rep in take.reps) == 2
    for rep in take.reps:
        inside = (take.times >= rep.begin) & (take.times <= rep.end)
        assert take.depth[inside].max() == pytest.approx(rep.depth, abs=0.03)
        assert (take.depth[inside].max() >= COMPLETE - 0.03) is not rep.partial
    rest = np.array([phase == "start" for phase in take.phases])
    assert take.depth[rest].max() == pytest.approx(0, abs=1e-9)
    assert set(take.phases) <= {"start", "out", "turn", "back"}


def test_the_same_seed_gives_the_same_numbers(stick: Skeleton) -> None:
    one, two = done(stick, "squat"), done(stick, "squat")
    np.testing.assert_array_equal(one.placed.heads, two.placed.heads)
    np.testing.assert_array_equal(one.placed.turns, two.placed.turns)


def test_wrong_names_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no exercise"):
        exercises.load("yoga")
    with pytest.raises(InputError, match="no variant"):
        exercises.load("squat", "upside_down")
    table = "[[poses]]\ndepth = 0\ntail = 3\n[[poses]]\ndepth = 1\n"
    head = 'exercise = "wag"\nfirst = "concentric"\nanchor = "feet"\n'
    (tmp_path / "wag.toml").write_text(head + table, "utf-8")
    monkeypatch.setattr(exercises, "FOLDER", tmp_path)
    with pytest.raises(InputError, match="no angle tail"):
        exercises.load("wag")
