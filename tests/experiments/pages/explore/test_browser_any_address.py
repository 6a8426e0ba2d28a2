"""In a browser: whatever stands in the address, the page opens, works and runs none of it."""

import pytest

from tests.helpers.explore_browser import CHROMIUM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
ADDRESSES = {
    "a bare sign": "#%",
    "an escape cut short": "#a=%E0%A4%A&b=merger",
    "escapes of no text": "#%FF%FE=%C0%80",
    "a null": "#a=%00&seed=1%00",
    "no name": "#=3",
    "names without values": "#a&b&seed&drops&off&step&.&..&=&==",
    "signs alone": "#&&&===&%3D%3D&#&##",
    "a prototype": "#__proto__=1&constructor=2&a.__proto__=3&toString=4&hasOwnProperty=5",
    "a prototype by value": "#a=__proto__&b=constructor&context=toString&story=__proto__",
    "a prototype among events": "#drops=1.__proto__.A,1.constructor.B,1.toString.__proto__",
    "a prototype among switches": "#off=__proto__,constructor,hasOwnProperty",
    "a script": "#a=<script>window.harmed=1</script>&b=<img src=x onerror=window.harmed=1>",
    "a script in escapes": "#a=%3Cimg%20src%3Dx%20onerror%3Dwindow.harmed%3D1%3E",
    "an address that runs": "#javascript:window.harmed=1",
    "a value that runs": "#story=javascript:window.harmed=1&view=javascript:1",
    "numbers that are none": "#seed=NaN&step=Infinity&speed=-1&view=1e999&a.warmth=NaN",
    "numbers of another kind": "#seed=0x10&step=1e2&a.warmth=0x1&b.warmth=%20&view=[0]",
    "numbers beyond": "#seed=99999999999999999999&step=9007199254740993&speed=1e308",
    "numbers below": "#seed=-1&step=-1&a.warmth=-1e308&view=-0",
    "types": "#seed=true&step=null&view=undefined&speed={}&a=[]&off=[object Object]",
    "a switch many times": "#off=" + ",".join(["window_on"] * 500),
    "many parts": "#" + "&".join(f"x{n}={n}" for n in range(3000)),
    "many drops": "#drops=" + ",".join(f"{n}.conflict.A" for n in range(1, 3000)),
    "drops at one time": "#drops=" + ",".join(["5.conflict.A"] * 2000) + "&step=9",
    "one part without end": "#a=" + "x" * 40_000,
    "an address without end": "#" + "a=merger&" * 100_000,
    "letters of all kinds": "#a=ё‮中😀&b=\u0661&seed=\u0661",
    "breaks": "#a=secure%0Ab=merger%0D%0A&seed=1%0A",
    "twice the same": "#a=secure&a=merger&seed=1&seed=2&step=3&step=4",
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_the_page_survives_any_address(visit, address):
    page = visit(address)
    errors = [said for said in page.seen if "Error" in said or "error" in said.lower()[:20]]
    assert not errors and not any(seen.startswith("http") for seen in page.seen)
    assert page.evaluate("window.harmed === undefined && ({}).polluted === undefined")
    assert page.evaluate("Object.keys(Object.prototype).length") == 0
    assert page.evaluate("explorer.life.run.people.length") == 2
    assert page.evaluate("[...explorer.life.run.inputs].every(Number.isFinite)")
    told = page.inner_text("#notice")
    assert len(told) < 4000 and len(told.splitlines()) <= 10
    before = page.evaluate("explorer.life.steps")
    page.keyboard.press(".")
    page.wait_for_function(f"explorer.life.steps > {before}", timeout=5000)


def test_an_address_that_is_pasted_later_is_survived_as_well(visit):
    page = visit("#a=secure")
    for address in ADDRESSES.values():
        page.evaluate("(address) => { location.hash = address; }", address[:60_000])
    page.evaluate("location.hash = 'a=merger&step=4'")
    page.wait_for_function("explorer.choice.preset.A === 'merger'", timeout=10_000)
    assert page.evaluate("explorer.life.steps") == 4
    assert not [said for said in page.seen if "Error" in said]
