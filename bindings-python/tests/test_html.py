"""What notebooks show: tables, in which nothing of a router is markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from multi_isp import Plan, Router, audit, plan_disable, simulate, what_if

ATTACK = "<script>alert('&\\\"')</script>"
EXPORT = f"""# by RouterOS 7.22.3
/interface bridge
add name="{ATTACK}"
/ip address
add address=192.168.88.1/24 interface="{ATTACK}" comment="{ATTACK}"
add address=192.0.2.2/24 interface=ether1
/ip firewall nat
add action=masquerade chain=srcnat comment="multi-isp:nat:{ATTACK}:1"
/ip route
add gateway=192.0.2.1 comment="{ATTACK}"
"""


class Markup(HTMLParser):
    """The elements and the attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.fixture(scope="module")
def hostile() -> Router:
    return Router.from_export(EXPORT)


def test_nothing_of_a_router_is_markup(hostile: Router) -> None:
    report, plan = audit(hostile), plan_disable(hostile)
    trace, matrix = simulate(hostile), what_if(hostile)
    assert report.findings and plan.steps and trace.ways and matrix.states
    for shown in (report, plan, trace):
        markup = Markup(shown._repr_html_())
        assert markup.elements <= {"table", "thead", "tbody", "tr", "th", "td", "pre", "details", "summary"}
        assert markup.attributes <= {"style"}
    drawn = Markup(matrix._repr_html_())
    assert "svg" in drawn.elements and not drawn.elements & {"script", "a", "image", "foreignobject"}
    assert not any(name.startswith("on") for name in drawn.attributes)


def test_the_tables_show_what_was_found(plan: Plan) -> None:
    shown = plan._repr_html_()
    assert plan.report.findings[0].code in shown and "<table>" in shown
    assert shown.count("<tr>") == 1 + len(plan.report.findings) + 1 + len(plan.steps)
