import numpy as np
import pytest

from tools.synth.moves import exercise as exercises
from tools.synth.moves import idle
from tools.synth.moves.session import idle_take, session
from tools.synth.moves.take import Take, perform
from tools.synth.skeleton import Skeleton

ALL = [(name, variant) for name in exercises.names() for variant in exercises.variants(name)]
FPS = 30.0
FASTEST, JUMP = 6.0, 0.15
"""Metres a second that a joint moves at most around a set, and metres between two frames in it."""


def made(stick: Skeleton, name: str, variant: str | None = None, seed: int = 5) -> Take:
    return session(
        exercises.load(name, variant),
        stick,
        np.random.default_rng(seed),
        fps=FPS,
        count=1,
        before=("stand",),
        after=("look_around",),
    )


def speed(take: Take) -> np.ndarray:
    return np.linalg.norm(np.diff(take.placed.heads, axis=0), axis=-1).max(axis=1) * FPS


def moved(take: Take) -> np.ndarray:
    """Metres that each thing moves from frame to frame, the fastest of them."""
    steps = [np.linalg.norm(np.diff(p.poses[:, :3, 3], axis=0), axis=-1) for p in take.props]
    return np.max(steps, axis=0) if steps else np.zeros(len(take.times) - 1)


@pytest.mark.parametrize(("name", "variant"), ALL)
def test_athletes_get_in_and_out_without_jumps(stick: Skeleton, name: str, variant: str) -> None:
    take = made(stick, name, variant)
    idling = np.array([phase == "idle" for phase in take.phases])
    around = idling[1:] | idling[:-1]
    assert speed(take)[around].max() < FASTEST
    assert speed(take).max() / FPS < 1.5 * JUMP
    assert moved(take)[around].max() < JUMP
    assert take.placed.heads[..., 2].min() > -0.06
    assert np.isfinite(take.placed.turns).all()


@pytest.mark.parametrize(("name", "variant"), ALL)
def test_the_set_is_between_what_is_idle(stick: Skeleton, name: str, variant: str) -> None:
    take = made(stick, name, variant)
    working = [phase != "idle" for phase in take.phases]
    first, last = working.index(True), len(working) - working[::-1].index(True)
    assert all(working[first:last])
    assert 0 < first < last < len(working)
    assert take.times[first] < take.reps[0].begin < take.reps[0].end < take.times[last]
    assert take.depth[:first].max() == take.depth[last:].max() == 0
    at = round(take.reps[0].turn * FPS)
    assert take.depth[at] == pytest.approx(take.reps[0].depth, abs=0.05)
    for prop in take.props:
        assert prop.poses.shape == (len(take.times), 4, 4)


def test_without_anything_else_it_is_the_set_alone(stick: Skeleton) -> None:
    exercise = exercises.load("squat")
    rng = np.random.default_rng(2)
    pause = np.random.default_rng(2).uniform(0.4, 1.4, 2)
    alone = session(exercise, stick, rng, fps=FPS, count=2)
    rng = np.random.default_rng(2)
    rng.uniform(size=2)
    before, after = map(float, pause)
    same = perform(exercise, stick, rng, fps=FPS, count=2, before=before, after=after)
    np.testing.assert_array_equal(alone.placed.heads, same.placed.heads)
    assert alone.reps == same.reps
    assert alone.phases == same.phases


@pytest.mark.parametrize("name", ["biceps_curl", "romanian_deadlift", "deadlift", "bench_press"])
def test_weights_lie_still_until_they_are_taken(stick: Skeleton, name: str) -> None:
    take = made(stick, name)
    still = [np.linalg.norm(np.diff(p.poses[:, :3, 3], axis=0), axis=-1) for p in take.props]
    begin, end = take.reps[0].begin, take.times[-1]
    assert moved(take)[: round(1.0 * FPS)].max() == 0
    assert moved(take)[-round(1.0 * FPS) :].max() == 0
    assert max(s.max() for s in still) > 0
    weight = take.props[0].poses[:, 2, 3]
    if name != "bench_press":
        assert weight[0] < 0.3
        assert weight[-1] < 0.3
    assert begin < end


@pytest.mark.parametrize("name", idle.names())
def test_idle_movements_are_smooth_and_above_the_floor(stick: Skeleton, name: str) -> None:
    take = idle_take([name], stick, np.random.default_rng(4), FPS, 9.0)
    assert take.exercise == "unknown"
    assert set(take.phases) == {"idle"}
    assert len(take.times) == 270
    assert not take.reps
    assert speed(take).max() < 7.5
    assert moved(take).max() < JUMP
    assert take.placed.heads[..., 2].min() > -0.05


@pytest.mark.parametrize(
    "name", [n for n in idle.names() if not idle.load(n).walk and n != "jumping_jack"]
)
def test_feet_do_not_slide(stick: Skeleton, name: str) -> None:
    take = idle_take([name], stick, np.random.default_rng(4), FPS, 6.0)
    for side in "LR":
        toe = take.placed.heads[:, stick.names.index(f"toe3-1.{side}")]
        low = toe[:, 2] < toe[:, 2].min() + 0.004
        both = low[1:] & low[:-1]
        slides = np.linalg.norm(np.diff(toe[:, :2], axis=0), axis=-1)[both]
        assert slides.max(initial=0) * FPS < 0.25


@pytest.mark.parametrize("name", ["walk_in", "walk_out", "walk_past", "wander"])
def test_walkers_put_their_feet_down(stick: Skeleton, name: str) -> None:
    take = idle_take([name], stick, np.random.default_rng(1), FPS, 5.0)
    down = []
    for side in "LR":
        ankle = take.placed.heads[:, stick.names.index(f"foot.{side}")]
        step = np.linalg.norm(np.diff(ankle, axis=0), axis=-1) * FPS
        down.append(step < 0.02)
    # Somebody who walks always has a foot on the floor, and it rolls about its ball or its heel.
    assert np.mean(down[0] | down[1]) > 0.3
    travelled = np.linalg.norm(take.placed.heads[0, 0, :2] - take.placed.heads[:, 0, :2], axis=-1)
    assert travelled.max() > 1.0


def test_all_of_it_in_any_order(stick: Skeleton) -> None:
    rng = np.random.default_rng(0)
    for _ in range(6):
        names = tuple(map(str, rng.choice(idle.names(), 3)))
        take = session(
            exercises.load("lateral_raise"),
            stick,
            rng,
            fps=FPS,
            count=1,
            before=names,
            after=names[::-1],
        )
        assert speed(take).max() / FPS < 1.7 * JUMP
        assert moved(take).max() < JUMP


def test_somebody_walks_in_from_afar_and_stays(stick: Skeleton) -> None:
    take = idle_take(["walk_in", "stand"], stick, np.random.default_rng(3), FPS, 8.0)
    root = take.placed.heads[:, 0]
    assert np.linalg.norm(root[0, :2]) > 2
    assert np.linalg.norm(root[-1, :2]) < 0.2
    facing = take.placed.turns[-1, 0] @ [0, -1, 0]
    assert facing[1] < -0.9


@pytest.mark.parametrize(("name", "variant"), [("squat", "back_bar"), ("bench_press", "plain")])
def test_a_racked_bar_lies_on_its_rack(stick: Skeleton, name: str, variant: str) -> None:
    take = made(stick, name, variant)
    bar = next(p for p in take.props if p.kind == "barbell").poses[:, :3, 3]
    rack = next(p for p in take.props if p.kind == "rack")
    for frame in (0, -1):
        np.testing.assert_allclose(bar[frame, :2], rack.poses[frame, :2, 3], atol=1e-6)
        assert bar[frame, 2] == pytest.approx(rack.options["height"], abs=1e-6)
    assert np.ptp(rack.poses, axis=0).max() == 0
    # The posts stand where the bar does not go.
    posts = rack.poses[0, 1, 3] - 0.09 * rack.poses[0, 1, 1]
    towards = np.sign(posts - rack.poses[0, 1, 3])
    assert (towards * (bar[:, 1] - posts)).max() < -0.05


def test_the_same_seed_gives_the_same_session(stick: Skeleton) -> None:
    one, two = made(stick, "biceps_curl"), made(stick, "biceps_curl")
    np.testing.assert_array_equal(one.placed.turns, two.placed.turns)
    np.testing.assert_array_equal(one.props[0].poses, two.props[0].poses)
    other = made(stick, "biceps_curl", seed=6)
    assert one.placed.turns.shape != other.placed.turns.shape or not np.array_equal(
        one.placed.turns, other.placed.turns
    )
