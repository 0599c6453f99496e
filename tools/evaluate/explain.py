"""Where in a picture does an image classifier look: at the athlete or at the room?"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from gymbox.cli.progress import Progress
from gymbox.errors import UsageError
from gymbox.inference.phase_net import square
from tools.evaluate import athlete_box, explain_network, explain_plots, pictures
from tools.evaluate.activation_map import ActivationMap
from tools.evaluate.explain_figures import MAPS, Explained, table
from tools.evaluate.explain_network import ImageClassifier
from tools.evaluate.occlusion import PATCH, occlusion

SHOWN = 24
"""Pictures that are drawn; the figures are about all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("model", help="its name in the manifest, or a .tflite file")
    parser.add_argument("pictures", nargs="+", help="files, or frames of clips as CLIP@FRAME")
    parser.add_argument("--cam", action="store_true", help="class-activation maps as well")
    parser.add_argument("--label", help="the class to explain; by default the one that is said")
    parser.add_argument(
        "--patch",
        type=float,
        default=PATCH,
        help=f"side of the grey patch as a share ({PATCH:.2f})",
    )
    parser.add_argument("--models", type=Path, help="folder of the models, if not the usual one")
    parser.add_argument("--labels", default="", metavar="A,B,...", help="of a bare file")
    parser.add_argument("--range", type=float, nargs=2, help="black and white, of a bare file")
    parser.add_argument("--out", type=Path, help="folder of the report (out/explain/MODEL)")


def run(args: argparse.Namespace) -> int:
    """Writes README.md, heat-N.png and shares.png; always 0."""
    labels = [label for label in args.labels.split(",") if label]
    card = explain_network.find(args.model, labels, args.range, args.models)
    classify = ImageClassifier(card)
    explain = Explainer(classify, ActivationMap(card.read()) if args.cam else None, args.patch)
    progress = Progress("explaining", len(args.pictures))
    explained = []
    for name in args.pictures:
        explained.append(explain(name, args.label))
        progress.step()
    progress.close()
    kinds = MAPS if args.cam else MAPS[:1]
    folder = args.out or Path("out/explain") / card.name
    page = write(explained, kinds, card.name, folder)
    print(page.read_text(encoding="utf-8"))
    return 0


class Explainer:
    """Explains one picture after the other.

    Args:
        classify: the network.
        activation: its class-activation maps, if they are wanted.
        patch: side of the patch of the occlusion, as a share of the picture's.
    """

    def __init__(
        self, classify: ImageClassifier, activation: ActivationMap | None, patch: float
    ) -> None:
        self._classify, self._activation, self._patch = classify, activation, patch
        self._find = athlete_box.Finder()

    def __call__(self, name: str, label: str | None = None) -> Explained:
        """Explains why a picture is of a class, by default of the one that is said.

        Raises:
            UsageError: there is no such class.
            InputError: there is no such picture.
        """
        frame = pictures.read(name)
        side, labels = self._classify.side, self._classify.labels
        seen = square(frame, side)
        chances = self._classify(seen)
        if label is not None and label not in labels:
            raise UsageError(f"there is no class {label}", f"it has {', '.join(labels)}")
        index = labels.index(label) if label else int(np.argmax(chances))
        heat = {"occlusion": occlusion(self._classify, seen, index, self._patch)}
        if self._activation:
            coarse = self._activation(self._classify.tensor(seen), index)
            heat["cam"] = cv2.resize(coarse, (side, side)).astype(np.float64)
        box = athlete_box.labelled(Path(name)) or self._find(frame)
        whole = (0.0, 0.0, 1.0, 1.0)
        inside, content = athlete_box.seen(frame.shape, box or whole, side)
        return Explained(
            name=Path(name).name,
            picture=seen,
            label=labels[index],
            probabilities=dict(zip(labels, chances.tolist(), strict=True)),
            heat=heat,
            inside=inside if box else None,
            frame=content,
        )


def write(explained: Sequence[Explained], kinds: Sequence[str], model: str, folder: Path) -> Path:
    """Writes the report into a folder; returns its page."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets = explain_plots.sheets(explained[:SHOWN], kinds, folder)
    explain_plots.scatter(explained, kinds, folder / "shares.png")
    blocks = [
        f"# Where {model} looks",
        f"Made by `python -m tools.evaluate explain {model} ...` from {len(explained)} pictures.",
        table(explained, kinds),
        _WORDS,
        "![Share of the heat over share of the area](shares.png)",
        *(f"![Pictures and heat]({path.name})" for path in sheets),
    ]
    page = folder / "README.md"
    page.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return page


_WORDS = """\
How much of the heat lies in the athlete's box, and how much of the frame the box covers: a network
that looks anywhere has a ratio of 1. *Occlusion*: how far the probability of the class drops when a
grey patch hides a place. *Class activation*: what the last feature map there adds to its logit; the
map is coarse, so it spreads beyond the box. Heat below 0, which speaks against the class, is left
out."""
