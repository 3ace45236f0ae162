"""The Python peers behind one small interface, each used as its own documentation advises."""

import concurrent.futures
import multiprocessing


class Peer:
    """A pool of worker processes. `each` sends one message per input, `batched` lets the peer choose."""

    def start(self, workers):
        raise NotImplementedError

    def call(self, function, *arguments):
        raise NotImplementedError

    def each(self, function, inputs):
        raise NotImplementedError

    def each_anew(self, function, inputs):
        """The same for a function that captures what may have changed since the last call."""
        return self.each(function, inputs)

    def batched(self, function, inputs):
        return self.each(function, inputs)

    def settled(self, function, inputs):
        """One outcome per input: ('ok', value) or ('failed', name of the exception)."""
        raise NotImplementedError

    def stop(self):
        raise NotImplementedError


def outcome(wait):
    try:
        return ("ok", wait())
    except BaseException as error:  # a broken pool is an outcome too
        return ("failed", type(error).__name__)


class Multiprocessing(Peer):
    def start(self, workers):
        self.pool = multiprocessing.get_context("fork").Pool(workers)

    def call(self, function, *arguments):
        return self.pool.apply(function, arguments)

    def each(self, function, inputs):
        return self.pool.map(function, inputs, chunksize=1)

    def batched(self, function, inputs):
        return self.pool.map(function, inputs)

    def settled(self, function, inputs):
        waiting = [self.pool.apply_async(function, (one,)) for one in inputs]
        return [outcome(lambda: one.get(timeout=5)) for one in waiting]

    def stop(self):
        self.pool.terminate()


class Executor(Peer):
    """What speaks concurrent.futures."""

    def create(self, workers):
        raise NotImplementedError

    def start(self, workers):
        self.workers = workers
        self.pool = self.create(workers)

    def call(self, function, *arguments):
        return self.pool.submit(function, *arguments).result()

    def each(self, function, inputs):
        return list(self.pool.map(function, inputs, chunksize=1))

    def batched(self, function, inputs):
        inputs = list(inputs)
        size = max(1, len(inputs) // (4 * self.workers))
        return list(self.pool.map(function, inputs, chunksize=size))

    def settled(self, function, inputs):
        def submit(one):
            try:
                return self.pool.submit(function, one)
            except BaseException as error:
                failed = concurrent.futures.Future()
                failed.set_exception(error)
                return failed

        waiting = [submit(one) for one in inputs]
        return [outcome(one.result) for one in waiting]

    def stop(self):
        self.pool.shutdown(wait=True)


class ConcurrentFutures(Executor):
    def create(self, workers):
        return concurrent.futures.ProcessPoolExecutor(workers, multiprocessing.get_context("fork"))


class Loky(Executor):
    def create(self, workers):
        import loky

        return loky.get_reusable_executor(max_workers=workers, timeout=300)

    def call(self, function, *arguments):
        self.pool = self.create(self.workers)
        return super().call(function, *arguments)


class Joblib(Peer):
    def start(self, workers):
        import joblib

        self.joblib, self.workers = joblib, workers
        self.parallel = joblib.Parallel(n_jobs=workers).__enter__()

    def call(self, function, *arguments):
        parallel = self.parallel
        if any(hasattr(argument, "nbytes") for argument in arguments):
            # Inside one `with` an array goes to disk once, whatever is written to it afterwards.
            parallel = self.joblib.Parallel(n_jobs=self.workers)
        return parallel([self.joblib.delayed(function)(*arguments)])[0]

    def each(self, function, inputs):
        self.parallel.batch_size = 1
        return self.parallel(self.joblib.delayed(function)(one) for one in inputs)

    def each_anew(self, function, inputs):
        parallel = self.joblib.Parallel(n_jobs=self.workers, batch_size=1)
        return parallel(self.joblib.delayed(function)(one) for one in inputs)

    def batched(self, function, inputs):
        self.parallel.batch_size = "auto"
        return self.parallel(self.joblib.delayed(function)(one) for one in inputs)

    def settled(self, function, inputs):
        inputs = list(inputs)
        whole = outcome(lambda: self.each(function, inputs))
        if whole[0] == "ok":
            return [("ok", value) for value in whole[1]]
        # An exception leaves the `with` block. Staying in it does not work: the next call on the same
        # object gives results of the failed one, or hangs.
        self.stop()
        self.start(self.workers)
        return [whole] * len(inputs)

    def stop(self):
        self.parallel.__exit__(None, None, None)


class Dask(Peer):
    def start(self, workers):
        from distributed import Client

        self.workers = workers
        self.client = Client(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        )

    def call(self, function, *arguments):
        return self.client.submit(function, *arguments, pure=False).result()

    def each(self, function, inputs):
        return self.client.gather(self.client.map(function, list(inputs), pure=False))

    def batched(self, function, inputs):
        chunks = split(list(inputs), 4 * self.workers)
        return self.flat(self.client.map(all_of, [(function, one) for one in chunks], pure=False))

    def flat(self, futures):
        return [value for chunk in self.client.gather(futures) for value in chunk]

    def settled(self, function, inputs):
        waiting = self.client.map(function, list(inputs), pure=False)
        return [outcome(one.result) for one in waiting]

    def stop(self):
        self.client.close()
        self.client.cluster.close() if self.client.cluster else None


class Ray(Peer):
    def start(self, workers):
        import ray

        self.ray, self.workers = ray, workers
        ray.init(num_cpus=workers, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
        self.remotes = {}

    def remote(self, function):
        if function not in self.remotes:
            self.remotes[function] = self.ray.remote(max_retries=0)(function)
        return self.remotes[function]

    def call(self, function, *arguments):
        return self.ray.get(self.remote(function).remote(*arguments))

    def each(self, function, inputs):
        remote = self.remote(function)
        return self.ray.get([remote.remote(one) for one in inputs])

    def each_anew(self, function, inputs):
        # A remote function is exported once, with what it captured then.
        remote = self.ray.remote(max_retries=0)(function)
        return self.ray.get([remote.remote(one) for one in inputs])

    def batched(self, function, inputs):
        remote = self.remote(all_of)
        chunks = split(list(inputs), 4 * self.workers)
        done = self.ray.get([remote.remote((function, one)) for one in chunks])
        return [value for chunk in done for value in chunk]

    def settled(self, function, inputs):
        remote = self.remote(function)
        waiting = [remote.remote(one) for one in inputs]
        return [outcome(lambda: self.ray.get(one)) for one in waiting]

    def stop(self):
        self.ray.shutdown()


class Ipyparallel(Peer):
    def start(self, workers):
        import ipyparallel

        self.cluster = ipyparallel.Cluster(n=workers, log_level=40)
        self.client = self.cluster.start_and_connect_sync(activate=False)
        self.client[:].use_cloudpickle()
        self.view = self.client.load_balanced_view()

    def call(self, function, *arguments):
        return self.view.apply_sync(function, *arguments)

    def each(self, function, inputs):
        return list(self.view.map_sync(function, list(inputs), chunksize=1))

    def batched(self, function, inputs):
        inputs = list(inputs)
        return list(self.view.map_sync(function, inputs, chunksize=max(1, len(inputs) // 8)))

    def settled(self, function, inputs):
        waiting = [self.view.apply_async(function, one) for one in inputs]
        return [outcome(lambda: one.get(timeout=30)) for one in waiting]

    def stop(self):
        self.client.close()
        self.cluster.stop_cluster_sync()


def all_of(job):
    function, inputs = job
    return [function(one) for one in inputs]


def split(inputs, parts):
    size = max(1, -(-len(inputs) // parts))
    return [inputs[start : start + size] for start in range(0, len(inputs), size)]


PEERS = {
    "multiprocessing": Multiprocessing,
    "concurrent.futures": ConcurrentFutures,
    "loky": Loky,
    "joblib": Joblib,
    "dask": Dask,
    "ipyparallel": Ipyparallel,
    "ray": Ray,
}
