"""A linear-chain conditional random field over hashed features, trained with AdaGrad, compiled with numba."""

import io
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

# What may follow what: O, B, I, E, S.
MOVES = ((0, 0), (0, 1), (0, 4), (1, 2), (1, 3), (2, 2), (2, 3), (3, 0), (3, 1), (3, 4), (4, 0), (4, 1), (4, 4))


class Data(NamedTuple):
    rows: np.ndarray  # hashed features of each position
    gold: np.ndarray  # label of each position
    bounds: np.ndarray  # first position of each sentence, and the one after its last
    weights: np.ndarray  # of each sentence


class Plan(NamedTuple):
    epochs: int
    bits: int
    seed: int
    rate: float
    decay: float


def make_epoch() -> Any:
    """One pass of AdaGrad over the log likelihood, compiled."""
    from numba import njit

    @njit(cache=True, fastmath=True)
    def epoch(rows, gold, bounds, weights, order, table, grads, moves, mgrads, rate, decay):  # type: ignore[no-untyped-def]
        loss = 0.0
        allowed = np.zeros((5, 5), dtype=np.bool_)
        for a, b in MOVES:
            allowed[a, b] = True
        for which in order:
            start, end = bounds[which]
            size = end - start
            emit = np.zeros((size, 5))
            for t in range(size):
                for f in range(rows.shape[1]):
                    row = rows[start + t, f]
                    for k in range(4):
                        emit[t, k + 1] += table[row, k]
            alpha = np.full((size, 5), -1e30)
            beta = np.full((size, 5), -1e30)
            for k in (0, 1, 4):
                alpha[0, k] = moves[0, k] + emit[0, k]
            for t in range(1, size):
                for k in range(5):
                    top = -1e30
                    for j in range(5):
                        if allowed[j, k]:
                            top = max(top, alpha[t - 1, j] + moves[j, k])
                    total = 0.0
                    for j in range(5):
                        if allowed[j, k]:
                            total += np.exp(alpha[t - 1, j] + moves[j, k] - top)
                    alpha[t, k] = top + np.log(total) + emit[t, k]
            for k in (0, 3, 4):
                beta[size - 1, k] = moves[k, 0]
            for t in range(size - 2, -1, -1):
                for j in range(5):
                    top = -1e30
                    for k in range(5):
                        if allowed[j, k]:
                            top = max(top, moves[j, k] + emit[t + 1, k] + beta[t + 1, k])
                    total = 0.0
                    for k in range(5):
                        if allowed[j, k]:
                            total += np.exp(moves[j, k] + emit[t + 1, k] + beta[t + 1, k] - top)
                    beta[t, j] = top + np.log(total)
            top = max(alpha[size - 1, 0] + beta[size - 1, 0], alpha[size - 1, 3] + beta[size - 1, 3])
            top = max(top, alpha[size - 1, 4] + beta[size - 1, 4])
            z = 0.0
            for k in (0, 3, 4):
                z += np.exp(alpha[size - 1, k] + beta[size - 1, k] - top)
            z = top + np.log(z)
            weight = weights[which]
            expect = np.zeros((5, 5))
            before = 0
            for t in range(size + 1):
                here = gold[start + t] if t < size else 0
                expect[before, here] += 1
                loss -= weight * (moves[before, here] + (emit[t, here] if t < size else 0.0))
                before = here
            loss += weight * z
            for k in range(5):
                if allowed[0, k]:
                    expect[0, k] -= np.exp(alpha[0, k] + beta[0, k] - z)
                if allowed[k, 0]:
                    expect[k, 0] -= np.exp(alpha[size - 1, k] + beta[size - 1, k] - z)
            for t in range(size - 1):
                for j in range(5):
                    for k in range(5):
                        if allowed[j, k]:
                            expect[j, k] -= np.exp(alpha[t, j] + moves[j, k] + emit[t + 1, k] + beta[t + 1, k] - z)
            for j in range(5):
                for k in range(5):
                    if allowed[j, k]:
                        step = weight * expect[j, k]
                        mgrads[j, k] += step * step
                        moves[j, k] += rate * step / np.sqrt(mgrads[j, k] + 1.0)
            for t in range(size):
                for k in range(1, 5):
                    step = weight * ((1.0 if gold[start + t] == k else 0.0) - np.exp(alpha[t, k] + beta[t, k] - z))
                    if -1e-4 < step < 1e-4:
                        continue
                    for f in range(rows.shape[1]):
                        row = rows[start + t, f]
                        grad = step - decay * table[row, k - 1]
                        grads[row, k - 1] += grad * grad
                        table[row, k - 1] += rate * grad / np.sqrt(grads[row, k - 1] + 1e-2)
        return loss

    return epoch


def train(data: Data, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """Weights of B, I, E, S against O for each hashed feature, and of each move from label to label."""
    epoch = make_epoch()
    table = np.zeros((1 << plan.bits, 4), dtype=np.float32)
    grads = np.zeros_like(table)
    moves, mgrads = np.zeros((5, 5)), np.zeros((5, 5))
    rng = np.random.default_rng(plan.seed)
    for number in range(plan.epochs):
        order = rng.permutation(len(data.bounds))
        loss = epoch(*data, order, table, grads, moves, mgrads, plan.rate, plan.decay)
        print(f"epoch {number + 1}: loss {loss / max(data.weights.sum(), 1):.4f} a sentence", flush=True)
    return table, moves


def train_gate(rows: np.ndarray, named: np.ndarray, bits: int, seed: int) -> np.ndarray:
    """Weights of a logistic regression over hashed features: whether a position is in a name.

    :param rows: hashed features, an array of (templates, positions)
    """
    from numba import njit

    @njit(fastmath=True)
    def epoch(rows, named, order, table, grads):  # type: ignore[no-untyped-def]
        for at in order:
            score = 0.0
            for which in range(rows.shape[0]):
                score += table[rows[which, at]]
            step = named[at] - 1 / (1 + np.exp(-score))
            step *= 4 if named[at] else 1  # names are rare
            for which in range(rows.shape[0]):
                row = rows[which, at]
                grads[row] += step * step
                table[row] += 0.1 * step / np.sqrt(grads[row] + 1e-2)

    table = np.zeros(1 << bits, dtype=np.float32)
    grads = np.zeros_like(table)
    rng = np.random.default_rng(seed)
    for _ in range(4):
        epoch(rows, named, rng.permutation(len(named)), table, grads)
    return table


def save(path: str, table: np.ndarray, moves: np.ndarray, about: dict[str, Any]) -> None:
    """Weights as signed bytes with one scale; the largest few are clipped."""
    scale = float(np.abs(table).max()) / 127
    scale = min(scale, float(np.quantile(np.abs(table[table != 0]), 0.9999)) / 127)
    weights = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
    out = io.BytesIO()
    notes = json.dumps(about | {"scale": scale})
    np.savez_compressed(out, weights=weights, transitions=moves.astype(np.float32), about=notes)
    Path(path).write_bytes(out.getvalue())
    print(f"{path}: {out.tell():,} bytes, {np.any(weights, axis=1).sum():,} of {len(weights):,} rows used")


def average(path: str, sources: list[str], about: dict[str, Any]) -> None:
    """The mean of the weights of several runs over the same features: steadier than each."""
    tables, moves = [], []
    for source in sources:
        with np.load(source) as data:
            tables.append(data["weights"].astype(np.float32) * json.loads(str(data["about"]))["scale"])
            moves.append(data["transitions"])
    save(path, np.mean(tables, axis=0), np.mean(moves, axis=0), about)
