"""What happens in the demonstration, step by step, each with its proof."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

from app.domain.days import day_of
from app.store.store import wall_clock
from ui.demo import people
from ui.demo.desktops import Album, album
from ui.demo.pictures import pictures_of
from ui.demo.places import Centre, Document, Place, together
from ui.demo.record import Record

_NAMES = ("village", "township", "district")
_GOING_UP = range(people.RELIEF, people.HELP + 1)
_TAKEN_OVER = (people.RELIEF, people.HOUSE, people.CARD, people.ELDER, people.HELP)
_RESULTS = ((people.RELIEF, people.RELIEF_RESULT), (people.HOUSE, people.HOUSE_RESULT))


class Story(Record):
    """Drives the places through the main job."""

    def __init__(self, out: Path, passphrase: str) -> None:
        super().__init__(out)
        self.sent: Document = {}
        self.idle: Document = {}
        self.pictures: list[Document] = []
        self.centre = Centre(out / "centre", passphrase)
        self.village = Place(out / "village", passphrase)
        self.township = Place(out / "township", passphrase)
        self.district = Place(out / "district", passphrase)
        self._album: Album

    def tell(self) -> None:
        """Everything, in order. Raises DemoFailed where something is not as it should be."""
        self._found()
        with album(self.out, self.village, self.township) as self._album:
            self._picture("登记好的两台电脑")
            self._work_without_a_line()
            with self.centre.open() as process:
                self._line_comes_back(process)
                self._authority_works()
                self._results_come_back()
                self._everybody_agrees()
        self._draw_pictures()

    # --- the parts --------------------------------------------------------------------------------

    def _found(self) -> None:
        self.centre.do("centre", "init", "--region", people.DISTRICT, "--url", self.centre.url)
        stations = (
            (self.village, people.VILLAGE, people.VILLAGE_STATION),
            (self.township, people.TOWNSHIP, people.TOWNSHIP_STATION),
            (self.district, people.DISTRICT, people.DISTRICT_STATION),
        )
        with self.centre.open() as process:
            enrolled = together(*(partial(self._enrol, *station) for station in stations))
            together(*(partial(place.do, "sync") for place, *_ in stations))
            together(
                partial(self._hire, self.village, people.AGENT, "agent"),
                partial(self._hire, self.township, people.CLERK, "clerk"),
                partial(self._hire, self.district, people.OFFICER, "clerk"),
            )
            self._hire(self.township, people.APPROVER, "approver")
            self._authorise(self.township, people.APPROVER)
        self._step(
            "建立区中心，三台设备凭一次性登记码登记，各站添加操作员",
            {"url": self.centre.url, "centre_process": process, "devices": enrolled},
        )

    def _work_without_a_line(self) -> None:
        file = self.out / "cases.jsonl"
        file.write_bytes(people.lines())
        register = ("case", "register", "--file", str(file))
        first = self.village.do(*register)
        self.numbers = [case["local_number"] for case in first["registered"]]
        self._step("断网：村里登记八件", {"file": file.name, **first})
        self._step("断网：同一文件再登记一次，一件也不会重复", self.village.do(*register))
        self._picture("断网：登记之后", village="home")
        self._all(
            self._print(self.village, people.HOUSE, "materials_receipt"),
            self._print(self.village, people.ALLOWANCE, "materials_receipt"),
            self._print(self.village, people.ELDER, "materials_slip"),
            self._act(self.village, people.BANQUET, "complete", {"result": people.BANQUET_RESULT}),
            *(self._act(self.village, line, "forward") for line in _GOING_UP),
        )
        self._picture("断网：出回执、转报之后", village="papers")
        offline = self.village.attempt("sync")
        self._need(
            offline.document.get("error", {}).get("code") == "offline", "sync", offline.messages
        )
        status = self.village.do("status")
        self._step(
            "断网：交换失败，说明原因；登记的都在本机等着",
            {"error": offline.document["error"], "pending": status["pending"]},
        )
        self._picture("断网：交换失败之后", village="exchange")

    def _line_comes_back(self, process: int) -> None:
        self.sent = self.village.do("sync")
        self._step("线路恢复：村里一次交换全部送上", {"centre_process": process, **self.sent})
        self._need(self.sent["pending"] == 0, "sync", "还有没送上的")
        self.idle = self.village.do("sync")
        self._step("空闲时再交换一次，只要几百字节", self.idle)
        self._step("乡里取回", self.township.do("sync"))
        self._picture("线路恢复之后", village="exchange", township="review")

    def _authority_works(self) -> None:
        town = self.township
        defects = [f"缺少：{name}" for name in people.LACKING]
        self._all(
            *(self._act(town, line, "take_over") for line in _TAKEN_OVER),
            self._act(town, people.ALLOWANCE, "return", {"reason": "defects", "defects": defects}),
        )
        self._picture("乡里接收之后", village="cases", township="review")
        self._all(
            self._act(town, people.RELIEF, "accept"),
            self._act(town, people.HOUSE, "accept"),
            self._act(town, people.CARD, "refuse", people.REFUSAL),
            self._act(town, people.ELDER, "complete", {"result": people.ELDER_RESULT}),
        )
        self._all(
            self._print(town, people.HOUSE, "acceptance"),
            self._print(town, people.CARD, "refusal"),
            *(
                self._act(town, line, "decide", _approved(result), by=people.APPROVER)
                for line, result in _RESULTS
            ),
        )
        self._all(self._print(town, people.HOUSE, "decision", by=people.APPROVER))
        self._step("乡里送上决定和文书记录", town.do("sync"))
        self._picture("乡里决定之后", village="cases", township="papers")

    def _results_come_back(self) -> None:
        self._step("村里取回结果", self.village.do("sync"))
        self._picture("结果到村", township="cases")
        lacking = [{"name": name, "original": True, "copies": 1} for name in people.LACKING]
        self._all(
            self._act(self.village, people.ALLOWANCE, "supply", {"materials": lacking}),
            *(
                self._act(self.village, line, "deliver", {"proof": "送达回证已签字"})
                for line, _ in _RESULTS
            ),
        )
        self._all(self._act(self.village, people.ALLOWANCE, "forward"))
        self._step("村里当面送达后送上", self.village.do("sync"))
        house = self.numbers[people.HOUSE]
        self._picture("送达之后", village=f"cases {house}", township="review")
        together(partial(self.township.do, "sync"), partial(self.district.do, "sync"))
        self._all(
            self._act(self.township, people.ALLOWANCE, "take_over"),
            self._act(self.district, people.LOAN, "take_over"),
        )
        self._all(self._act(self.township, people.ALLOWANCE, "accept"))
        together(partial(self.township.do, "sync"), partial(self.district.do, "sync"))
        self.village.do("sync")

    def _everybody_agrees(self) -> None:
        """The delivered results stand at all three places: same state, same entries."""
        lists = together(*(partial(place.do, "case", "list") for place in self._stations))
        proof = {}
        for line, _ in _RESULTS:
            number = self.numbers[line]
            states = [_state(told["cases"], number) for told in lists]
            told = together(
                *(partial(place.do, "case", "history", number) for place in self._stations)
            )
            digests = [_digest(history["entries"]) for history in told]
            self._need(states == ["delivered"] * 3, number, f"三处状态不一致：{states}")
            self._need(len(set(digests)) == 1, number, "三处流水不一致")
            entries = len(told[0]["entries"])
            proof[number] = {"state": states[0], "entries": entries, "sha256": digests[0]}
        self._step("送达的结果在村、乡、区三处一致", {"cases": proof, "places": self._heads()})
        verified = together(*(partial(place.do, "verify") for place in self._stations))
        self._step("三处数据各自核对完好", dict(zip(_NAMES, verified, strict=True)))

    def _heads(self) -> Document:
        """Each station's journal and what the centre's ledger holds of it."""
        ledger = {one["device"]: one for one in self.centre.do("centre", "devices")["devices"]}
        found = {}
        for name, place in zip(_NAMES, self._stations, strict=True):
            status = place.do("status")
            held = ledger[status["device"]]
            self._need(held["entries"] == status["head"]["seq"], name, "区中心的流水条数不一致")
            self._need(status["pending"] == 0, name, "还有没送上的")
            self._need(held["head"] == status["head"]["digest"], name, "流水链不一致")
            found[name] = {
                "station": status["station"],
                "device": status["device"],
                "own_entries": status["head"]["seq"],
                "at_centre": held["entries"],
                "chain": status["head"]["digest"],
                "chain_at_centre": held["head"],
            }
        return found

    def _draw_pictures(self) -> None:
        for paper in self.papers:
            paper["pictures"] = pictures_of(self.out / paper["file"])
        drawn = sum(len(paper["pictures"]) for paper in self.papers)
        self._step("文书和每页的图", {"papers": self.papers, "pictures": drawn})

    def _picture(self, title: str, **pages: str) -> None:
        """What both desktops show now; by their names a page, with a number after it if a case is open."""
        wanted = {
            name: (page.partition(" ")[0], page.partition(" ")[2]) for name, page in pages.items()
        }
        self.pictures.append({"after": title, **self._album.draw(wanted)})

    # --- single steps -----------------------------------------------------------------------------

    @property
    def _stations(self) -> tuple[Place, Place, Place]:
        return self.village, self.township, self.district

    def _enrol(self, place: Place, region: str, name: str) -> Document:
        issued = self.centre.do("centre", "enrol-code", "--region", region, "--name", name)
        return place.do("enrol", issued["code"])

    def _hire(self, place: Place, name: str, role: str) -> Document:
        return place.do("operator", "add", "--name", name, "--role", role)

    def _authorise(self, place: Place, name: str) -> Document:
        """The head lets the approver decide, in writing, for a year."""
        first = day_of(wall_clock())
        last = first + timedelta(days=365)
        return place.do(
            "operator", "authorise", name, "--from", first.isoformat(), "--until", last.isoformat()
        )


def _approved(result: str) -> Document:
    return {"approved": True, "result": result}


def _state(cases: list[Document], number: str) -> str | None:
    return next((case["state"] for case in cases if case["local_number"] == number), None)


def _digest(entries: list[Document]) -> str:
    """One digest over the entries of a case, in their order."""
    return sha256("".join(entry["sha256"] for entry in entries).encode()).hexdigest()
