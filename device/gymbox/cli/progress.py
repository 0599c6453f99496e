"""A progress bar for long work, on a terminal only."""

import sys
import time

WIDTH = 30
EVERY = 0.1  # seconds between two drawings


class Progress:
    """Draws `label [####......] 40 %  12 fps` on standard error while it is called.

    Args:
        label: what is under way.
        total: how many steps there are, 0 if that is not known.
    """

    def __init__(self, label: str, total: int) -> None:
        self._label = label
        self._total = total
        self._done = 0
        self._begun = self._drawn = time.monotonic()
        self._shown = sys.stderr.isatty()

    def step(self) -> None:
        """One more step is done."""
        self._done += 1
        now = time.monotonic()
        if self._shown and now - self._drawn >= EVERY:
            self._drawn = now
            speed = self._done / (now - self._begun)
            sys.stderr.write(f"\r{self._label} {self._bar()}  {speed:.0f} fps\x1b[K")
            sys.stderr.flush()

    def close(self) -> None:
        """Takes the bar away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _bar(self) -> str:
        if not self._total:
            return f"frame {self._done}"
        share = min(1.0, self._done / self._total)
        filled = round(WIDTH * share)
        return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%}"
