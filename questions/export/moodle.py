"""Cards as Moodle XML: an essay to explain each card, a number for each case to predict."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from questions.card_data import CardData
from questions.export.item import Item, Link, items

# Characters that XML 1.0 cannot hold, not even escaped.
CONTROLS = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def moodle_xml(cards: Iterable[CardData], link: Link) -> bytes:
    """Return a quiz document (UTF-8) as docs.moodle.org/en/Moodle_XML_format describes it."""
    quiz = ET.Element("quiz")
    category = ET.SubElement(quiz, "question", type="category")
    _text(ET.SubElement(category, "category"), "$course$/top/Signalbox")
    for item in items(cards, link):
        _question(quiz, item)
    ET.indent(quiz)
    return ET.tostring(quiz, encoding="utf-8", xml_declaration=True)


def _question(quiz: ET.Element, item: Item) -> None:
    kind = "essay" if item.emails is None else "numerical"
    question = ET.SubElement(quiz, "question", type=kind)
    _text(ET.SubElement(question, "name"), item.title)
    _html(ET.SubElement(question, "questiontext"), item.question)
    _html(ET.SubElement(question, "generalfeedback"), item.answer)
    ET.SubElement(question, "defaultgrade").text = "1"
    ET.SubElement(question, "idnumber").text = item.id_number
    if item.emails is None:
        ET.SubElement(question, "responseformat").text = "editor"
        ET.SubElement(question, "responsefieldlines").text = "10"
        _html(ET.SubElement(question, "graderinfo"), item.answer)
    else:
        answer = ET.SubElement(question, "answer", fraction="100", format="moodle_auto_format")
        ET.SubElement(answer, "text").text = str(item.emails)
        ET.SubElement(answer, "tolerance").text = "0"
    tags = ET.SubElement(question, "tags")
    for topic in item.topics:
        _text(ET.SubElement(tags, "tag"), topic)


def _html(parent: ET.Element, html: str) -> None:
    parent.set("format", "html")
    _text(parent, html)


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = CONTROLS.sub("\ufffd", text)
