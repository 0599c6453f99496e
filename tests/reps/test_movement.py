import pytest

from gymbox.reps.movement import Movement, Sample, crossing, from_lowest


def samples(*values: float, every: float = 0.1) -> list[Sample]:
    return [Sample(k * every, value, 1.0) for k, value in enumerate(values)]


def movement(*values: float, every: float = 0.1) -> Movement:
    return Movement.of(samples(*values, every=every), values[0])


def test_reach_counts_from_the_start_pose():
    assert movement(0.1, 0.5, 0.9, 0.4).reach == pytest.approx(0.8)
    assert movement(-0.2, 0.5, 0.9, 0.4).reach == pytest.approx(0.9)


def test_a_repetition_begins_with_the_last_sample_at_rest():
    assert movement(0.0, 0.01, 0.05, 0.3, 0.8, 0.0).rep[0].value == 0.05


def test_home_at_once_when_quite_back():
    assert movement(0.0, 0.5, 1.0, 0.5, 0.1).is_home()


def test_nearly_back_must_settle():
    assert not movement(0.0, 0.5, 1.0, 0.5, 0.25).is_home()
    assert movement(0.0, 0.5, 1.0, 0.5, 0.25, 0.24, 0.23).is_home()


def test_nearly_back_and_off_again_is_home():
    assert movement(0.0, 0.5, 1.0, 0.5, 0.25, 0.4).is_home()


def test_half_way_back_is_not_home_however_long():
    assert not movement(0.0, 1.0, *[0.5] * 20).is_home()


def test_a_lift_turns_when_it_rests_sinks_or_is_where_it_usually_is():
    assert not movement(0.0, 0.5, 1.0).is_turning(0.0)
    assert movement(0.0, 0.5, 1.0, 0.9).is_turning(0.0)
    assert movement(0.0, 0.5, 1.0, 1.0, 1.0).is_turning(0.0)
    assert movement(0.0, 0.5, 0.9).is_turning(1.0)


def test_from_lowest():
    assert [s.value for s in from_lowest(samples(0.3, 0.1, 0.4))] == [0.1, 0.4]


def test_crossing_lies_between_the_samples():
    assert crossing(Sample(1, 0, 1), Sample(2, 1, 1), 0.25) == 1.25
    assert crossing(Sample(1, 0, 1), Sample(2, 0.1, 1), 0.25) == 2
