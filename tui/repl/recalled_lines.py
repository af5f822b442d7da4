"""Lines of the history on a masked screen: what is known in them is masked until it is typed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.utils import explode_text_fragments

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from tui.orders.privacy import Masks
    from tui.orders.privacy.masks import Cover


class RecalledLines(Processor):
    """Covers what of a recalled line is personal; a line that is being typed is the person's own."""

    def __init__(self, masks: Masks) -> None:
        self._masks = masks

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """One line of the prompt, with masks in place of values; the cursor keeps its place around them."""
        covers: tuple[Cover, ...] = ()
        if self._masks.on and _is_recalled(transformation_input):
            covers = self._masks.covers(fragment_list_to_text(transformation_input.fragments))
        if not covers:
            return Transformation(transformation_input.fragments)
        masks = {cover.start: cover for cover in covers}
        inside = {at for cover in covers for at in range(cover.start + 1, cover.end)}
        shown: StyleAndTextTuples = []
        places: list[int] = []
        width = 0
        for at, (style, sign, *_) in enumerate(explode_text_fragments(transformation_input.fragments)):
            places.append(width)
            text = masks[at].mask if at in masks else "" if at in inside else sign
            shown.append((style, text))
            width += len(text)
        places += [width, width + 1]
        return Transformation(
            shown,
            source_to_display=lambda at: places[min(at, len(places) - 1)],
            display_to_source=lambda at: max(i for i, place in enumerate(places) if place <= at),
        )


def _is_recalled(given: TransformationInput) -> bool:
    buffer = given.buffer_control.buffer
    newest = len(buffer._working_lines) - 1
    return given.document is not buffer.document or buffer.working_index < newest
