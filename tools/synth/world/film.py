"""What a cheap camera makes of the light: exposure, colour, blur, noise and compression."""

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.synth.world.obstacle import Obstacle

Picture = NDArray[np.uint8]
MIDDLE = 0.18
"""What a metered picture's mean light becomes, before compensation."""
METERED = (0.35, 4.0)
"""By how much metering changes the exposure at least and at most."""
MARGIN, FINE = 97, 64
"""Pixels by which the noise's tile is larger than the picture; its steps for one deviation."""
SHOT, READ = 0.007, 0.0008
"""Deviation of full light and of no light at gain 1: a sensor of some 20 000 electrons."""
SMEAR = 9


@dataclass(frozen=True)
class Film:
    """A camera's ways over one clip.

    Attributes:
        size: width and height of the pictures, pixels.
        seed: of the noise.
        exposure: factor on the light.
        wander: by how much the exposure sways, as a share, and in how many frames.
        balance: [3] factors on red, green and blue.
        contrast: strength of the S-shaped curve: 0 none, below 0 flatter.
        lift: share of white that black shows.
        saturation: 1 as it is, 0 grey.
        vignette: by how much the corners are darker, 0 to 1.
        defocus: deviation of the blur, pixels; 0 for none.
        gain: of the sensor's noise: 0 none, 1 little, 6 a dark room.
        clump: how far the noise is smoothed into blotches, pixels; 0 for none.
        jpeg: quality 1 to 100, or None for no compression.
        shutter: share of the time between two frames in which the shutter is open.
        obstacle: something before the lens, or None.
    """

    size: tuple[int, int]
    seed: int = 0
    exposure: float = 1.0
    wander: tuple[float, float] = (0.0, 60.0)
    balance: tuple[float, float, float] = (1.0, 1.0, 1.0)
    contrast: float = 0.0
    lift: float = 0.0
    saturation: float = 1.0
    vignette: float = 0.0
    defocus: float = 0.0
    gain: float = 0.0
    clump: float = 0.0
    jpeg: int | None = None
    shutter: float = 0.5
    obstacle: Obstacle | None = None

    def metered(self, picture: Picture) -> "Film":
        """This film with the exposure that its camera would choose for such a picture [h, w, 3].

        What is in the middle counts most, so that a bright sky leaves nobody in the dark.
        The noise goes with the light that lacks: its gain rises with the root of the exposure.
        """
        light = (picture[::4, ::4].astype(np.float32) / 255).mean(axis=-1) ** 2.2
        height, width = light.shape
        across = (np.hanning(n + 2)[1:-1] for n in (height, width))
        middle = float(np.average(light, weights=np.multiply.outer(*across)))
        factor = float(np.clip(MIDDLE / max(middle, 1e-3), *METERED))
        gain = self.gain * max(1.0, factor) ** 0.5
        return replace(self, exposure=self.exposure * factor, gain=gain)

    def times(self, time: float, fps: float, parts: int) -> NDArray[np.float64]:
        """Moments [parts] in seconds whose pictures, averaged, are the blurred one at `time`."""
        return time + (np.arange(parts) / max(parts, 1)) * self.shutter / fps

    def develop(
        self, picture: Picture, frame: int, smear: tuple[float, float] = (0.0, 0.0)
    ) -> Picture:
        """The picture as the camera would have taken it.

        Args:
            picture: [h, w, 3] uint8 red, green, blue, as rendered.
            frame: which one of the clip: it chooses the noise.
            smear: pixels right and down by which everything moved while the shutter was open, such
                as by a hand that shakes.

        Returns:
            [h, w, 3] uint8.
        """
        if np.hypot(*smear) >= 1:
            picture = cv2.filter2D(picture, -1, _line(smear))
        if self.defocus > 0:
            picture = cv2.GaussianBlur(picture, (0, 0), self.defocus)
        if self.obstacle is not None:
            picture = self.obstacle.cover(picture, frame)
        if self.saturation != 1:
            picture = cv2.transform(picture, _mixing(self.saturation))
        picture = cv2.LUT(picture, self._curve(frame))
        if self.vignette > 0:
            picture = cv2.multiply(picture, self._shade, scale=1 / 255)
        if self.gain > 0:
            picture = self._noisy(picture, frame)
        if self.jpeg is None:
            return picture
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, self.jpeg])
        return cv2.imdecode(data, cv2.IMREAD_COLOR)

    def _curve(self, frame: int) -> Picture:
        """What each value of each colour becomes, [1, 256, 3]."""
        share, period = self.wander
        sway = 1 + share * np.sin(2 * np.pi * frame / period)
        light = (np.arange(256) / 255)[:, None] ** 2.2 * self.exposure * sway * self.balance
        value = np.clip(light, 0, 1) ** (1 / 2.2)
        value += self.contrast * np.sin(2 * np.pi * (value - 0.5)) / (2 * np.pi)
        value = self.lift + (1 - self.lift) * value
        return np.clip(255 * value + 0.5, 0, 255).astype(np.uint8)[None]

    @cached_property
    def _shade(self) -> Picture:
        """What the lens leaves of the light, 255 all, [h, w, 3]."""
        width, height = self.size
        y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
        left = 1 - self.vignette * (x**2 + y**2) / 2
        return np.repeat((255 * left[..., None]).astype(np.uint8), 3, axis=2)

    @cached_property
    def _tile(self) -> NDArray[np.int16]:
        """Noise of deviation `FINE`, larger than the picture, [h + MARGIN, w + MARGIN]."""
        width, height = self.size
        rng = np.random.default_rng(self.seed)
        noise = rng.standard_normal((height + MARGIN, width + MARGIN), dtype=np.float32)
        if self.clump > 0:
            soft = cv2.GaussianBlur(noise, (0, 0), self.clump)
            noise = 0.5 * noise + soft / soft.std()
            noise /= noise.std()
        return np.rint(noise * FINE).astype(np.int16)

    @cached_property
    def _spread(self) -> NDArray[np.int16]:
        """Deviation of the noise at each value after the curve, in 1/FINE of a step, [256].

        Shot noise goes with the root of the light, read noise is the same everywhere; the display
        curve (power 1 / 2.2) stretches the dark.
        """
        light = np.maximum(np.arange(256) / 255, 0.08) ** 2.2
        deviation = self.gain * np.sqrt(SHOT**2 * light + READ**2)
        slope = light ** (1 / 2.2 - 1) / 2.2
        return np.clip(255 * deviation * slope * FINE, 0, 32000).astype(np.int16)

    def _noisy(self, picture: Picture, frame: int) -> Picture:
        """The picture with this frame's noise: three shifted cuts of the tile."""
        rng = np.random.default_rng((self.seed, frame))
        height, width = picture.shape[:2]
        cuts = [
            self._tile[y : y + height, x : x + width] for y, x in rng.integers(0, MARGIN, (3, 2))
        ]
        spread = cv2.LUT(picture, self._spread[None])
        noise = cv2.multiply(cv2.merge(cuts), spread, scale=1 / FINE**2)
        return cv2.add(picture, noise, dtype=cv2.CV_8U)


def averaged(pictures: list[Picture]) -> Picture:
    """The mean of some pictures [h, w, 3]: what moved between them is blurred."""
    if len(pictures) == 1:
        return pictures[0]
    total = np.zeros(pictures[0].shape, np.uint16)
    for picture in pictures:
        total = cv2.add(total, picture, dtype=cv2.CV_16U)
    return cv2.convertScaleAbs(total, alpha=1 / len(pictures))


def sample(
    rng: np.random.Generator,
    size: tuple[int, int],
    *,
    strength: float = 1.0,
    occluded: float = 0.05,
) -> Film:
    """Draws a camera's ways.

    Args:
        rng: source of chance.
        size: width and height of the pictures.
        strength: 0 a good camera in good light, 1 all there is.
        occluded: chance of something before the lens.
    """
    dark = rng.random() < 0.15 * strength
    balance = np.exp(strength * rng.normal(0, 0.06, 3))
    blurred, packed = rng.random(2) < np.array([0.35, 0.5]) * strength
    gain = strength * float(rng.uniform(2.5, 6) if dark else rng.gamma(1.5, 0.7))
    return Film(
        size,
        seed=int(rng.integers(2**31)),
        exposure=float(np.exp(strength * (rng.normal(0, 0.25) - 0.9 * dark))),
        wander=(strength * float(rng.uniform(0, 0.04)), float(rng.uniform(20, 200))),
        balance=tuple((balance / balance[1]).tolist()),
        contrast=strength * float(rng.uniform(-0.35, 0.8)),
        lift=strength * float(rng.uniform(0, 0.05)),
        saturation=1 - strength * float(rng.uniform(-0.15, 0.6)) if rng.random() < 0.4 else 1.0,  # noqa: PLR2004
        vignette=strength * float(rng.uniform(0, 0.45)),
        defocus=strength * float(rng.uniform(0.4, 1.4)) if blurred else 0.0,
        gain=gain,
        clump=float(rng.uniform(0.8, 2.0)) if rng.random() < 0.5 else 0.0,  # noqa: PLR2004
        jpeg=int(95 - strength * rng.uniform(5, 60)) if packed else None,
        shutter=float(rng.uniform(0.1, 0.9) if not dark else rng.uniform(0.6, 1.0)),
        obstacle=Obstacle.sample(rng, size) if rng.random() < occluded else None,
    )


def _mixing(saturation: float) -> NDArray[np.float32]:
    """The matrix [3, 3] that mixes colours with their grey."""
    grey = np.array([0.299, 0.587, 0.114])
    return (saturation * np.eye(3) + (1 - saturation) * grey).astype(np.float32)


def _line(smear: tuple[float, float]) -> NDArray[np.float32]:
    """A kernel that smears along a vector of pixels, at most `SMEAR` wide."""
    vector = np.array(smear) * min(1.0, (SMEAR - 1) / float(np.hypot(*smear)))
    kernel = np.zeros((SMEAR, SMEAR), np.float32)
    middle = (SMEAR - 1) / 2
    for share in np.linspace(-0.5, 0.5, 4 * SMEAR):
        x, y = np.rint(middle + share * vector).astype(int)
        kernel[y, x] += 1
    return kernel / kernel.sum()
