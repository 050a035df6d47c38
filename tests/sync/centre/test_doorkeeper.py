"""How often somebody may come: nobody who is known pays for those who are not."""

import asyncio

import pytest
from starlette.responses import Response

from sync import protocol
from sync.centre.doorkeeper import Doorkeeper, Limits, visit
from sync.refusals import TooOften

LIMITS = Limits(
    address_most=100, address_per_s=1, refused=10, denied=50, asked=5, device_most_s=3,
    device_per_s=0.5, bad_message_s=1, at_once=2,
)  # fmt: skip
GOOD = b"Daiban good"


async def nothing():
    return {"type": "http.request"}


class Door:
    """A doorkeeper before a centre that knows one token; time stands still unless it is moved."""

    def __init__(self):
        self.now = 0.0
        self.told = []
        self.costs_s = 0.0
        self.status = 200
        self.keeper = Doorkeeper(self._centre, self._tell, LIMITS, lambda: self.now)

    async def _tell(self, address, refused):
        self.told.append((address, refused))

    async def _centre(self, scope, receive, send):
        token = dict(scope["headers"]).get(b"authorization", b"")
        known = token.startswith(GOOD)
        present = visit.get()
        assert present is not None
        present.seconds += self.costs_s
        status = self.status
        if scope["path"] == "/exchange" and not known:
            status = 401
        await Response(status_code=status)(scope, receive, send)

    def asks(self, path="/exchange", token=b"", address="192.0.2.1", keeper=None):
        """The status, and the seconds to wait that the answer names."""
        said = []

        async def send(message):
            said.append(message)

        headers = [(b"authorization", token)] if token else []
        scope = {
            "type": "http", "method": "POST", "path": path, "headers": headers, "client": (address, 1), "state": {},
        }  # fmt: skip
        asyncio.run((keeper or self.keeper)(scope, nothing, send))
        if said[0]["status"] != 429:
            return said[0]["status"], None
        refusal = protocol.heard(said[1]["body"])
        assert isinstance(refusal, TooOften)
        header = dict(said[0]["headers"])[b"retry-after"]
        assert int(header) == refusal.facts["retry_after_s"]
        return 429, refusal.facts["retry_after_s"]


@pytest.fixture
def door():
    return Door()


def test_whoever_is_refused_again_and_again_is_told_to_wait(door):
    assert [door.asks(token=b"Daiban bad")[0] for _ in range(10)] == [401] * 10
    assert door.asks(token=b"Daiban bad") == (429, 1)
    door.now += 11

    assert door.asks(token=b"Daiban bad")[0] == 401


def test_guessed_codes_cost_more(door):
    door.status = 403
    assert [door.asks("/enrol")[0] for _ in range(4)] == [403, 403, 429, 429]


def test_three_hundred_stations_behind_one_address_do_not_hinder_one_another(door):
    tokens = [b"%s %d" % (GOOD, n) for n in range(300)]

    for _ in range(3):
        assert {door.asks(token=token)[0] for token in tokens} == {200}


def test_who_guesses_behind_an_address_does_not_shut_out_those_who_are_known(door):
    door.asks(token=GOOD)
    while door.asks(token=b"Daiban bad")[0] != 429:
        pass

    assert door.asks(token=GOOD)[0] == 200
    assert door.asks(token=b"Daiban bad")[0] == 429
    assert door.asks(token=b"Daiban bad", address="192.0.2.2")[0] == 401


def test_addresses_of_one_ipv6_network_are_one(door):
    while door.asks(token=b"Daiban bad", address="2001:db8::1")[0] != 429:
        pass

    assert door.asks(token=b"Daiban bad", address="2001:db8::ffff")[0] == 429
    assert door.asks(token=b"Daiban bad", address="2001:db8:0:1::1")[0] == 401


def test_a_device_has_so_much_of_the_ledgers_time(door):
    door.costs_s = 1.0
    assert [door.asks(token=GOOD)[0] for _ in range(4)] == [200, 200, 200, 429]
    assert door.asks(token=b"%s too" % GOOD)[0] == 200
    door.now += 2

    assert door.asks(token=GOOD)[0] == 200


def test_messages_that_are_none_cost_more_than_their_time(door):
    door.asks(token=GOOD)
    door.status = 400

    assert [door.asks(token=GOOD)[0] for _ in range(5)] == [400, 400, 400, 429, 429]


def test_what_anybody_may_ask_makes_nobody_known(door):
    """A token that nobody looked at buys no account of its own."""
    for n in range(21):
        door.asks("/ca", token=b"Daiban %d" % n)

    assert door.asks("/ca", token=b"Daiban new")[0] == 429


def test_a_revoked_device_has_no_account_any_more(door):
    door.asks(token=GOOD)
    door.status = 401
    while door.asks(token=GOOD)[0] == 401:
        pass

    assert door.asks(token=GOOD)[0] == 429


def test_a_busy_centre_is_nobodys_fault(door):
    door.status = 503

    assert {door.asks("/enrol")[0] for _ in range(100)} == {503}


def test_the_wait_is_never_longer_than_five_minutes(door):
    door.asks(token=GOOD)
    door.costs_s = 10_000.0
    door.asks(token=GOOD)

    assert door.asks(token=GOOD) == (429, 300)


def test_one_device_has_only_so_many_requests_at_once(door):
    begun, release = [], asyncio.Event()

    async def slow(scope, receive, send):
        begun.append(scope)
        await release.wait()
        await Response()(scope, receive, send)

    async def story():
        keeper = Doorkeeper(door._centre, door._tell, LIMITS)  # noqa: SLF001
        said = []

        async def send(message):
            said.append(message.get("status"))

        def scope():
            headers = [(b"authorization", GOOD)]
            return {
                "type": "http",
                "method": "POST",
                "path": "/exchange",
                "headers": headers,
                "client": None,
            }

        await keeper(scope(), nothing, send)
        keeper._app = slow  # noqa: SLF001
        waiting = [asyncio.create_task(keeper(scope(), nothing, send)) for _ in range(2)]
        while len(begun) < 2:
            await asyncio.sleep(0)
        await keeper(scope(), nothing, send)
        assert 429 in said
        release.set()
        await asyncio.gather(*waiting)
        said.clear()
        await keeper(scope(), nothing, send)
        assert 200 in said

    asyncio.run(story())


def test_of_an_address_the_log_of_acts_hears_once_an_hour(door):
    for _ in range(50):
        door.asks(token=b"Daiban bad")
    assert door.told == [("192.0.2.1", 10)]
    door.now += 3601
    for _ in range(20):
        door.asks(token=b"Daiban bad")

    assert [address for address, _ in door.told] == ["192.0.2.1"] * 2


def test_accounts_take_no_more_room_than_they_may(door, monkeypatch):
    monkeypatch.setattr("sync.centre.doorkeeper._MOST_ACCOUNTS", 50)
    for n in range(500):
        door.asks(token=b"Daiban bad", address=f"198.51.{n // 250}.{n % 250}")
        door.asks(token=b"%s %d" % (GOOD, n))

    assert len(door.keeper._addresses) == len(door.keeper._devices) == 50  # noqa: SLF001
