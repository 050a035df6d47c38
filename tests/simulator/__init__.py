"""A whole district in one process, on a simulated clock, line and disk: every fault there is, from one number.

The stations are real stores with the real client engine, the centre is the real ledger with its real handlers.
Simulated are only: what time it is and what chance brings (`clock`), the line between them (`line`),
and the power and the room of their disks (`disk`). Nobody sleeps, and one seed replays.

    python -m tests.simulator --seed 17 --trace

1. `schedule` draws from the seed what happens: which stations there are, what people do, and what goes wrong.
   Each seed has some kinds of faults and not others, so that each kind also meets long stretches without the rest.
   One in seven has scans as well (`scans`); what must hold of those is `sheet_check`.
2. `run` lets it happen (`steps`, `misfortunes`, `sticks`). After each step `check` looks at what must hold at any time.
3. Then everything is mended: clocks are set, disks have room, lines hold, who lost a disk is enrolled.
   Everybody exchanges, at most three times. `check` looks at what must hold now: nothing lost, doubled or stuck.
"""
