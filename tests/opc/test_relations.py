"""What is written into a package's own parts."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from gouji.opc.relations import quoted


@pytest.mark.parametrize("text", ["/xl/sheet1.xml", "a & b", "<\"'>", "甲\n\t\r乙", "&amp;", ""])
def test_a_quoted_attribute_is_read_back(text: str) -> None:
    (value,) = ElementTree.fromstring(f"<a b={quoted(text)}/>").attrib.values()
    assert value == text
