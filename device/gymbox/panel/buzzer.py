"""The buzzer: plays the sounds of events in a thread of its own."""

import threading
from typing import Any, Protocol

from gymbox.errors import ButtonError, ConfigError
from gymbox.events import Event
from gymbox.panel.gpio import Pins, faults, open_pins
from gymbox.panel.sounds import Sound, sound_of

_CLOSE_WITHIN = 2.0
_MIDDLE_TONE, _OCTAVES = 880.0, 2
"""What a tonal buzzer reaches: 220 to 3520 Hz."""


class Buzzer(Protocol):
    """Something that makes events heard."""

    def play(self, event: Event) -> None:
        """Begin the sound of an event, if it has one. Never waits."""
        ...

    def check(self) -> None:
        """Raise the error that silenced the buzzer, if one did."""
        ...

    def close(self) -> None:
        """End the sound and give back the line; may be called twice."""
        ...


def open_buzzer(*, kind: str, pin: int = 12, pins: Pins | None = None) -> Buzzer:
    """Open the buzzer.

    Args:
        kind: "gpio" (passive, plays tones), "active" (has one tone of its own) or "silent".
        pin: BCM number.
        pins: a pin factory of gpiozero; None opens lgpio.

    Raises:
        ConfigError: there is no such kind.
        ButtonError: the line cannot be had.
    """
    if kind == "silent":
        return SilentBuzzer()
    if kind not in {"gpio", "active"}:
        raise ConfigError(f'buzzer.kind = "{kind}" is not known', "use gpio, active or silent")
    pins = open_pins() if pins is None else pins
    try:
        return GpioBuzzer(pin, tonal=kind == "gpio", pins=pins)
    except faults() as error:
        pins.close()
        raise ButtonError(
            f"GPIO {pin} of the buzzer cannot be had ({error})",
            "check buzzer.pin and what else uses that line",
        ) from error


class SilentBuzzer:
    """Plays nothing."""

    def play(self, event: Event) -> None:
        """Let the event pass."""

    def check(self) -> None:
        """Nothing can go wrong."""

    def close(self) -> None:
        """Nothing to give back."""


class GpioBuzzer:
    """A buzzer on a GPIO line. A new sound cuts off the one before it, so that none comes late.

    Args:
        pin: BCM number.
        tonal: it plays tones; otherwise it is only switched on and off.
        pins: the pin factory; belongs to the buzzer from now on.
    """

    def __init__(self, pin: int, *, tonal: bool, pins: Pins) -> None:
        self.error: Exception | None = None
        self._pins = pins
        self._tonal = tonal
        self._device = _device(pin, tonal=tonal, pins=pins)
        self._sound: Sound | None = None
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="buzzer", daemon=True)
        self._thread.start()

    def play(self, event: Event) -> None:
        """Begin the sound of an event, if it has one."""
        if sound := sound_of(event):
            with self._changed:
                self._sound = sound
                self._changed.notify()

    def check(self) -> None:
        """Raise the error that ended the thread, if one did."""
        if self.error is not None:
            raise self.error

    def close(self) -> None:
        """Fall silent and give the line back."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(_CLOSE_WITHIN)
        self._device.close()
        self._pins.close()

    def _run(self) -> None:
        try:
            while (sound := self._take()) is not None:
                for hertz, seconds in sound:
                    self._set(hertz)
                    if self._interrupted(seconds):
                        break
                self._set(0)
        except Exception as error:  # noqa: BLE001 (whatever it is, the main loop must see it)
            self.error = error

    def _take(self) -> Sound | None:
        """Wait for a sound; None when closing."""
        with self._changed:
            self._changed.wait_for(lambda: self._sound is not None or self._closing)
            sound, self._sound = self._sound, None
            return None if self._closing else sound

    def _interrupted(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(
                lambda: self._sound is not None or self._closing, timeout=seconds
            )

    def _set(self, hertz: int) -> None:
        if not hertz:
            self._device.stop() if self._tonal else self._device.off()
        elif self._tonal:
            self._device.play(float(hertz))
        else:
            self._device.on()


def _device(pin: int, *, tonal: bool, pins: Pins) -> Any:  # noqa: ANN401 (gpiozero has no types)
    import gpiozero  # noqa: PLC0415

    if not tonal:
        return gpiozero.Buzzer(pin, pin_factory=pins)
    tone = gpiozero.tones.Tone.from_frequency(_MIDDLE_TONE)
    return gpiozero.TonalBuzzer(pin, mid_tone=tone, octaves=_OCTAVES, pin_factory=pins)
