"""The nodes of a YAML text, from its events: what a card never needs is told and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.resolver import Resolver

DEPTH = 12  # far deeper than any card; a bomb is deeper
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Notes a mistake: line, what, expected, column.
Wrong = Callable[[int, str, str, int], None]


class StopReading(Exception):
    """Raised after a mistake behind which nothing can be read."""


class Nodes(Composer, Resolver):
    """Composes the one document of a text; tags, anchors and aliases are told to `wrong`.

    They are then as if they were not there, so that reading goes on to the next mistake. `odd` has
    the places, (line, column) from 0, of the values that stand for them.
    """

    def __init__(self, text: str, wrong: Wrong) -> None:
        Composer.__init__(self)
        Resolver.__init__(self)
        self.wrong = wrong
        self.odd: set[tuple[int, int]] = set()
        self.events = self._plain(text)
        self.next: Any = next(self.events, None)

    def check_event(self, *kinds: type) -> bool:
        return self.next is not None and (not kinds or isinstance(self.next, kinds))

    def peek_event(self) -> Any:
        return self.next

    def get_event(self) -> Any:
        event, self.next = self.next, next(self.events, None)
        return event

    def root(self) -> yaml.Node | None:
        """Return the document; None where there is none. Raise StopReading or a YAMLError."""
        node: yaml.Node | None = self.get_single_node()
        return node

    def _plain(self, text: str) -> Iterator[Any]:
        depth = documents = 0
        event: Any
        for event in yaml.parse(text, Loader=Loader):
            line = event.start_mark.line + 1
            documents += isinstance(event, yaml.DocumentStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEPTH:
                self.wrong(line, "nested too deeply", f"at most {DEPTH} levels", 0)
                raise StopReading
            if documents > 1:
                self.wrong(line, "a second document", "one document in the file", 0)
                raise StopReading
            yield self._without(event) if isinstance(event, yaml.NodeEvent) else event

    def _without(self, event: Any) -> Any:
        """Return the event of a value without its tag and anchor; nothing in place of an alias."""
        line, column = event.start_mark.line, event.start_mark.column
        if isinstance(event, yaml.AliasEvent):
            self.wrong(line + 1, f"alias *{event.anchor}", "the value itself", column + 1)
            self.odd.add((line, column))
            marks = event.start_mark, event.end_mark
            return yaml.ScalarEvent(None, None, (True, False), "", *marks)
        if event.anchor:
            expected = "the value without an anchor"
            self.wrong(line + 1, f"anchor &{event.anchor}", expected, column + 1)
            event.anchor = None
        if event.tag:
            self.wrong(line + 1, f"tag {event.tag}", "a plain value without a tag", column + 1)
            self.odd.add((line, column))
            plain = (True, False) if isinstance(event, yaml.ScalarEvent) else True
            event.tag, event.implicit = None, plain
        return event
