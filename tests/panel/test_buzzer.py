import time
from collections.abc import Callable

import pytest
from gpiozero.pins.mock import MockFactory, MockPWMPin

from gymbox import events
from gymbox.errors import ButtonError, ConfigError
from gymbox.events import AthleteFound, CameraLost, Event, Framing, Ready, Rep, SetEnd
from gymbox.panel.buzzer import GpioBuzzer, open_buzzer
from gymbox.panel.sounds import PARTIAL, SOUNDS, sound_of


def rep(*, partial: bool = False) -> Rep:
    return Rep(
        t=1.0,
        exercise="squat",
        rep=1,
        partial=partial,
        rom=1.0,
        tempo=(1.0, 0.0, 1.0, 0.0),
        confidence=1.0,
    )


SET_END = SetEnd(t=9.0, exercise="squat", reps=5, start=0.0, end=9.0)


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.001)


def frequency(pins: MockFactory) -> float | None:
    return pins.pin(12).frequency


def test_a_rep_is_short_and_high_a_partial_low_and_twice_a_set_end_long():
    ((hertz, seconds),) = sound_of(rep())
    low = sound_of(rep(partial=True))
    assert [part[0] > 0 for part in low] == [True, False, True]
    assert max(part[0] for part in low) < hertz
    assert low == PARTIAL
    assert sum(part[1] for part in sound_of(SET_END)) > 5 * seconds


def test_what_is_no_news_is_silent():
    assert sound_of(AthleteFound(t=0.0)) == ()
    assert sound_of(Framing(t=0.0, advice="step back")) == ()
    assert sound_of(Framing(t=0.0, advice="ok")) != ()


def test_every_sound_belongs_to_an_event_and_a_buzzer_can_play_it():
    for kind, sound in SOUNDS.items():
        assert issubclass(kind, Event)
        assert getattr(events, kind.__name__) is kind
        assert all(hertz == 0 or 220 <= hertz <= 3520 for hertz, _ in sound)
        assert 0.02 <= sum(seconds for _, seconds in sound) <= 1.0


def test_a_tonal_buzzer_plays_the_tone_and_falls_silent():
    pins = MockFactory(pin_class=MockPWMPin)
    buzzer = open_buzzer(kind="gpio", pin=12, pins=pins)
    begun = time.monotonic()
    buzzer.play(SET_END)
    assert time.monotonic() - begun < 0.1, "play waited"
    until(lambda: frequency(pins) == pytest.approx(sound_of(SET_END)[0][0]))
    until(lambda: frequency(pins) is None)
    assert time.monotonic() - begun >= sound_of(SET_END)[0][1]
    buzzer.check()
    buzzer.close()
    buzzer.close()


def test_an_active_buzzer_is_switched_on_and_off():
    pins = MockFactory()
    buzzer = open_buzzer(kind="active", pin=12, pins=pins)
    pin = pins.pin(12)
    pin.clear_states()
    buzzer.play(rep(partial=True))
    until(lambda: [state.state for state in pin.states][-4:] == [True, False, True, False])
    buzzer.close()


def test_a_new_sound_cuts_off_the_old_one():
    pins = MockFactory(pin_class=MockPWMPin)
    buzzer = open_buzzer(kind="gpio", pin=12, pins=pins)
    buzzer.play(SET_END)
    until(lambda: frequency(pins) is not None)
    begun = time.monotonic()
    buzzer.play(rep())
    until(lambda: frequency(pins) == pytest.approx(sound_of(rep())[0][0]))
    assert time.monotonic() - begun < sound_of(SET_END)[0][1] / 2
    buzzer.close()


def test_closing_cuts_off_the_sound():
    pins = MockFactory(pin_class=MockPWMPin)
    buzzer = open_buzzer(kind="gpio", pin=12, pins=pins)
    buzzer.play(CameraLost(t=0.0, reason="unplugged"))
    begun = time.monotonic()
    buzzer.close()
    assert time.monotonic() - begun < 0.5


def test_a_line_that_fails_is_seen():
    pins = MockFactory(pin_class=MockPWMPin)
    buzzer = open_buzzer(kind="gpio", pin=12, pins=pins)
    assert isinstance(buzzer, GpioBuzzer)
    buzzer._device.close()
    buzzer.play(Ready(t=0.0, exercise="squat"))
    until(lambda: buzzer.error is not None)
    with pytest.raises(Exception, match=r"(?i)closed|none"):
        buzzer.check()
    buzzer.close()


def test_a_silent_buzzer_takes_everything():
    buzzer = open_buzzer(kind="silent")
    buzzer.play(rep())
    buzzer.check()
    buzzer.close()


def test_wrong_kinds_and_lines():
    with pytest.raises(ConfigError, match="bell"):
        open_buzzer(kind="bell")
    with pytest.raises(ButtonError, match="GPIO 12"):
        # A pin without PWM cannot sound a tone.
        open_buzzer(kind="gpio", pin=12, pins=MockFactory())
    with pytest.raises(ButtonError, match="GPIO 77"):
        open_buzzer(kind="active", pin=77, pins=MockFactory())
