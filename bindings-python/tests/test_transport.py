"""A plan in calls, answered by a router in memory: no sockets."""

from __future__ import annotations

import json

import pytest

from multi_isp import ApiCalls, Plan, RestCalls, Router, Site, TransportError, plan_apply, plan_disable
from tests.conftest import EXAMPLES, ROOT, read

CASES = [
    (case["router"], case["site"])
    for case in json.loads((ROOT / "examples/cases.json").read_text())
    # A compact export leaves out ports, and so would a router that is made of it.
    if case.get("matrix") or case["router"].endswith(".json")
]


def with_ids(router: Router) -> Router:
    """The router as its API lists it, menu by menu."""
    replies = {menu: router.answer_sentence([f"{menu}/print"])[1] for menu in router.menus()}
    return Router.from_api(replies, router.version)


def over_api(router: Router, calls: ApiCalls) -> Router:
    for words in calls:
        router, sentences = router.answer_sentence(words)
        for sentence in sentences:
            calls.answer(sentence)
    return router


def over_rest(router: Router, calls: RestCalls) -> Router:
    for request in calls:
        router, status, body = router.answer_request(request.method, request.path, request.body)
        calls.answer(status, body)
    return router


@pytest.fixture
def live(router: Router) -> Router:
    return with_ids(router)


@pytest.fixture
def planned(site: Site, live: Router) -> Plan:
    return plan_apply(site, live)


def test_what_is_read_over_the_api_is_the_router(router: Router) -> None:
    assert not router.ids_known and with_ids(router).ids_known
    assert router.diff(with_ids(router)).differences == ()


def test_both_do_what_the_script_does(live: Router, planned: Plan, site: Site) -> None:
    by_script = live.run(planned.script()).router
    for applied in (over_api(live, planned.api(live)), over_rest(live, planned.rest(live))):
        assert applied.diff(by_script).differences == ()
        seen = with_ids(applied)
        assert plan_apply(site, seen).is_empty
        disabled = over_api(seen, plan_disable(seen).api(seen))
        assert disabled.diff(live).differences == ()


def test_a_guarded_plan_is_confirmed_or_taken_back(live: Router, planned: Plan) -> None:
    guarded = with_ids(over_rest(live, planned.rest(live, "guarded", 10)))
    confirmed = with_ids(over_rest(guarded, planned.rest(guarded, part="confirm")))
    assert confirmed.advance(3600).router.diff(confirmed).differences == ()
    assert guarded.advance(3600).router.diff(live).differences == ()
    assert over_rest(guarded, planned.rest(guarded, "undo")).diff(live).differences == ()


def test_words_may_be_given_as_text(planned: Plan, live: Router) -> None:
    calls = planned.api(live)
    assert all(isinstance(word, bytes) for word in next(calls))
    calls.answer(["!re", "=a=b"])
    calls.answer([b"!done", "=ret=*1F"])
    assert next(calls)


def test_an_answer_that_was_forgotten_is_missed(planned: Plan, live: Router) -> None:
    for calls in (planned.api(live), planned.rest(live)):
        next(calls)
        with pytest.raises(TransportError, match="is not answered yet"):
            next(calls)


def test_the_last_answer_is_missed_too(live: Router) -> None:
    moved = live.run("/ip route add gateway=192.0.2.1 comment=multi-isp:main:x:1").router
    seen = with_ids(moved)
    calls = plan_disable(seen).api(seen)
    seen_words = list_until_last(calls)
    assert seen_words
    with pytest.raises(TransportError, match="is not answered yet"):
        next(calls)


def list_until_last(calls: ApiCalls) -> list[tuple[bytes, ...]]:
    """All calls, the last one not answered."""
    total = int(repr(calls).split("calls: ")[1].split(",")[0])
    words = []
    for number in range(total):
        words.append(next(calls))
        if number < total - 1:
            calls.answer(["!done"])
    return words


def test_what_a_router_refuses_ends_it(planned: Plan, live: Router) -> None:
    api = planned.api(live)
    next(api)
    with pytest.raises(TransportError, match="no such item") as caught:
        api.answer(["!trap", "=message=no such item"])
    assert caught.value.code and caught.value.help is not None
    with pytest.raises(TransportError, match="no such item"):
        next(api)
    rest = planned.rest(live)
    next(rest)
    with pytest.raises(TransportError, match="unknown parameter"):
        rest.answer(400, '{"error":400,"message":"Bad Request","detail":"unknown parameter x"}')
    with pytest.raises(TransportError):
        next(rest)


def test_calls_show_no_secrets(planned: Plan, live: Router) -> None:
    calls = planned.rest(live)
    assert repr(calls).startswith("<RestCalls calls: ") and repr(calls).endswith("answered: 0>")


@pytest.mark.parametrize(("router", "site"), CASES)
def test_the_documented_cases_over_the_api(router: str, site: str) -> None:
    start = with_ids(read(EXAMPLES / router))
    wanted = Site.from_json((EXAMPLES / site).read_bytes())
    plan = plan_apply(wanted, start)
    applied = over_api(start, plan.api(start))
    assert applied.diff(start.run(plan.script()).router).differences == ()
