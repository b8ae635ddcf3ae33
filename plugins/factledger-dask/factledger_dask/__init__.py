"""factledger-dask: the partitions of a run are done by a Dask cluster, or by workers that it starts here."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar

from ledger import EnvironmentFault, InputError, hookimpl
from ledger.executor import Executor, Job, Receipt, Share, run_shared

if TYPE_CHECKING:
    from distributed import Client

TO_CONNECT = 20
"""Seconds that a scheduler has to answer."""


class Dask(Executor):
    """Hands the partitions of a run to Dask. No findings cross the cluster: workers put them where the share is."""

    name = "dask"
    options: ClassVar[Mapping[str, str]] = {
        "scheduler": "where a cluster's scheduler is, tcp://HOST:8786 [default: workers are started here]",
        "share": "an address that all machines reach, file:///mnt/desk or s3://desk/runs; a scheduler needs one",
        "workers": "how many are started here [default: one a processor]",
    }
    _client: Client
    _share: Share
    _stack: ExitStack

    def start(self, options: Mapping[str, str]) -> None:
        """Find the scheduler, or start workers here."""
        scheduler, share, workers = (options.get(name, "") for name in ("scheduler", "share", "workers"))
        if scheduler and not share:
            raise InputError(
                "A cluster needs a place that all its machines reach.", hint="Say which: -o share=s3://desk/runs"
            )
        if scheduler and workers:
            raise InputError("A cluster has the workers that it has.", hint="Leave out one: -o scheduler, -o workers")
        if workers and not (workers.isdecimal() and int(workers)):
            raise InputError(f"-o workers={workers} is no number of workers.", hint="Say how many: -o workers=2")
        with ExitStack() as stack:
            self._share = stack.enter_context(Share(share) if share else Share.here())
            self._client = stack.enter_context(_cluster(scheduler) if scheduler else _workers(workers, stack))
            _wait(self._client)
            self.workers = max(1, sum(self._client.nthreads().values()))
            self._stack = stack.pop_all()

    def run(self, jobs: Sequence[Job]) -> Iterator[Receipt]:
        """Yield receipts as they come back; a job whose worker died is done by another."""
        from distributed import as_completed

        lines = self._share.send(jobs)
        for future in as_completed(self._client.map(run_shared, lines, pure=False)):
            yield self._share.receive(future.result())

    def stop(self) -> None:
        """Let go of the cluster, end the workers that were started here, and clear the share."""
        self._stack.close()


def _cluster(scheduler: str) -> Client:
    from distributed import Client

    try:
        return Client(scheduler, timeout=TO_CONNECT)
    except (OSError, ValueError) as error:
        raise EnvironmentFault(
            f"No Dask scheduler answers at {scheduler}: {error}.", hint="Nothing was checked. Is it running?"
        ) from None


def _wait(client: Client) -> None:
    """Raise EnvironmentFault if a cluster has no worker."""
    try:
        client.wait_for_workers(1, timeout=TO_CONNECT)
    except TimeoutError:
        raise EnvironmentFault(
            f"The Dask cluster at {client.scheduler.address} has no worker.", hint="Start one: dask worker"
        ) from None


def _workers(number: str, stack: ExitStack) -> Client:
    from distributed import Client, LocalCluster

    cluster = LocalCluster(
        n_workers=int(number) if number else None,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # any port: its own may be another cluster's
        scheduler_kwargs={"dashboard": False},
        silence_logs=logging.CRITICAL,  # what comes of it is told by `check`
    )
    return Client(stack.enter_context(cluster))


@hookimpl
def ledger_register_executors() -> Iterable[Executor]:
    """Bring the executor."""
    return [Dask()]
