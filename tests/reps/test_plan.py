"""What the athlete sets out to do."""

from hypothesis import given
from hypothesis import strategies as st

from gymbox.reps.plan import FIELDS, USUAL, Menu, Plan

plans = st.builds(Plan, reps=st.integers(0, 200), sets=st.integers(0, 20), rest=st.integers(0, 900))


@given(plans, st.sampled_from(FIELDS))
def test_up_and_down_change_one_line_and_stay_in_bounds(plan: Plan, field: str) -> None:
    up, down = plan.raised(field), plan.lowered(field)
    for other in FIELDS:
        if other != field:
            assert getattr(up, other) == getattr(down, other) == getattr(plan, other)
    value = getattr(plan, field)
    assert getattr(up, field) > value or value >= USUAL[field][-1]
    assert getattr(down, field) < value or value == 0
    assert getattr(down, field) >= 0


def test_few_presses_lead_to_what_people_train() -> None:
    plan = Plan()
    for _ in range(8):
        plan = plan.raised("reps")
    for _ in range(3):
        plan = plan.raised("sets")
    for _ in range(6):
        plan = plan.raised("rest")
    assert plan == Plan(reps=10, sets=3, rest=90)


def test_a_value_of_the_settings_lies_between_two_usual_ones() -> None:
    assert Plan(rest=100).raised("rest").rest == 120
    assert Plan(rest=100).lowered("rest").rest == 90


def test_the_menu_goes_line_by_line_and_closes() -> None:
    menu: Menu | None = Menu("reps", 0.0)
    seen = []
    while menu is not None:
        seen.append(menu.field)
        menu = menu.after(1.0)
    assert tuple(seen) == FIELDS
