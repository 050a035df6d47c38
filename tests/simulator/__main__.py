"""`python -m tests.simulator --seed N [--trace]`, or `--seeds FIRST COUNT`."""

from __future__ import annotations

import time
import traceback

import click

from tests.simulator.faults import Tally
from tests.simulator.run import Failed, simulate


@click.command()
@click.option("--seed", type=int, help="Replay one schedule.")
@click.option("--seeds", type=(int, int), help="So many schedules from this seed on.")
@click.option("--trace/--no-trace", default=False, help="Say what happened, step by step.")
def main(seed: int | None, seeds: tuple[int, int] | None, trace: bool) -> None:
    """Run schedules of faults; each seed is the same every time."""
    first, count = seeds if seeds is not None else (seed or 0, 1)
    began, failed, tally, most = time.perf_counter(), list[int](), Tally(), 0
    for one in range(first, first + count):
        try:
            outcome = simulate(one)
        except Failed as error:
            failed.append(one)
            click.echo(f"seed {one}: {error.why}")
            if trace:
                click.echo("\n".join(error.trace))
                traceback.print_exception(error.__cause__)
            continue
        tally += outcome.tally
        most = max(most, outcome.exchanges)
        if trace:
            click.echo("\n".join(outcome.trace))
    took = time.perf_counter() - began
    click.echo(f"{count} schedules, {len(failed)} failed, {took:.1f} s, at most {most} exchanges")
    for fault, times in tally.most_common():
        click.echo(f"{times:7} {fault.value}")


if __name__ == "__main__":
    main()
