from pathlib import Path

import numpy as np
import pytest

from gymbox.errors import InputError
from tools.synth.moves import idle
from tools.synth.sets import order, recipe

LEAST = '[sets.few]\nkind = "clips"\ncount = 3\n'


def written(tmp_path: Path, words: str) -> Path:
    path = tmp_path / "recipe.toml"
    path.write_text(words, "utf-8")
    return path


def test_the_bundled_recipe_is_read():
    specs = recipe.read()
    assert specs["test"].count == 200
    assert {spec.kind for spec in specs.values()} <= set(recipe.KINDS)
    assert all(spec.exercises for spec in specs.values())


def test_a_set_takes_what_is_common_and_says_otherwise(tmp_path: Path):
    words = "seed = 5\n[common]\nfaults = 0.9\nothers = 0.5\n" + LEAST + "others = 0.0\n"
    few = recipe.read(written(tmp_path, words))["few"]
    assert (few.seed, few.faults, few.others) == (5, 0.9, 0.0)


def test_a_set_is_like_another_one_but_for_what_it_says(tmp_path: Path):
    words = LEAST + 'before = ["stand"]\nreps = [2, 3]\n[sets.some]\nlike = "few"\ncount = 9\n'
    sets = recipe.read(written(tmp_path, words + 'before = "chance"\n'))
    assert (sets["some"].reps, sets["some"].count, sets["some"].before) == ((2, 3), 9, None)
    assert sets["few"].before == ("stand",)
    assert sets["some"].source(0).entropy != sets["few"].source(0).entropy


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ('[sets.a]\nlike = "b"\n[sets.b]\nlike = "c"\n' + LEAST, "is like b"),
        ('[sets.a]\nlike = "nothing"\n' + LEAST, "is like nothing"),
        (LEAST + "azimut = 1\n", "azimut"),
        (LEAST.replace("clips", "films"), "kind"),
        (LEAST.replace("count", "fps"), "count"),
        (LEAST + 'exercises = ["sqat"]\n', "sqat"),
        ("[sets", "TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, words: str, named: str):
    with pytest.raises(InputError, match=named):
        recipe.read(written(tmp_path, words))


def test_a_missing_recipe_is_told(tmp_path: Path):
    with pytest.raises(InputError, match=r"none\.toml"):
        recipe.read(tmp_path / "none.toml")


def test_items_have_chances_of_their_own():
    spec = recipe.read()["test"]
    draws = [np.random.default_rng(spec.source(index)).random() for index in range(50)]
    again = [np.random.default_rng(spec.source(index)).random() for index in range(50)]
    assert draws == again
    assert len(set(draws)) == len(draws)


def test_idle_footage_adds_up_to_an_hour_of_nothing_trained():
    spec = recipe.read()["idle"]
    orders = [order.draw(spec, k, np.random.default_rng(spec.source(k))) for k in range(spec.count)]
    assert sum(one.seconds for one in orders) >= 3600
    assert {one.exercise for one in orders} == {None}
    done = {name for one in orders for name in one.before}
    assert done == set(idle.names())
