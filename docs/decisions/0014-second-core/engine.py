"""Runs the equations of `core`: a NumPy reference and the same text compiled, one couple after another.

Luck has an address: (seed, couple, partner, step, purpose), so arms of an experiment share it.
"""

import numpy as np
from numba import njit, uint64
from math import log, sqrt, cos, sin

import core

S, P, Z, C, O = core.PartnerState._fields, core.Personal._fields, core.Luck._fields, core.Situation._fields, core.Moment._fields
nS, nP, nC, nO = len(S), len(P), len(C), len(O)
OUTS = O + S + ('closeness', 'latency')
jit = njit(cache=False, fastmath=True, error_model='numpy', inline='never')

# one text, compiled: written out as a module of its own, so that it compiles once for each version of the text
import hashlib, importlib, inspect, pathlib, sys
_head = """import numpy as np
from numba import njit, uint64
from math import log, sqrt, cos, sin
from core import Shared, Personal, PartnerState, Signal, Dyad, Situation, Luck, Percept, Guard, Feeling, Choice, Moment
jit = njit(cache=True, fastmath=True, error_model='numpy')
"""
_parts = ['@jit\n' + inspect.getsource(getattr(core, k)) for k in 'logistic logit settle fill wander own_mood emit hear perceive guard feel choose moment show body crave learn judge advance bond exchange'.split()]
for _n, _kind, _f in (('load_state', 'PartnerState', S), ('load_person', 'Personal', P)):
    _parts.append(f'@jit\ndef {_n}(A, j, i): return {_kind}(' + ', '.join(f'A[{k}, j, i]' for k in range(len(_f))) + ')\n')
_parts.append('@jit\ndef store_state(A, j, i, s):\n' + '\n'.join(f'    A[{k}, j, i] = s.{f}' for k, f in enumerate(S)) + '\n')
_parts.append('@jit\ndef load_case(A, t, j): return Situation(' + ', '.join(f'A[t, {k}, j]' for k in range(nC)) + ')\n')
_parts.append('@jit\ndef add(A, j, i, o, s, w):\n' + '\n'.join(f'    A[{k}, j, i] += w * o.{f}' for k, f in enumerate(O)) + '\n'
              + '\n'.join(f'    A[{nO + k}, j, i] += w * s.{f}' for k, f in enumerate(S)) + '\n')
_parts.append('''@jit
def _mix(h):
    h = (h ^ (h >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    h = (h ^ (h >> uint64(27))) * uint64(0x94D049BB133111EB)
    return h ^ (h >> uint64(31))


@jit
def pair(seed, couple, partner, step, purpose):
    """Two standard normals by address."""
    h = _mix(uint64(seed) * uint64(0x9E3779B97F4A7C15) + uint64(couple))
    h = _mix(h + uint64(step) * uint64(0xD1B54A32D192ED03) + uint64(partner) * uint64(8) + uint64(purpose) + uint64(1))
    k = _mix(h + uint64(0x9E3779B97F4A7C15))
    u = (float(h >> uint64(11)) + 0.5) / 9007199254740992.0
    v = (float(k >> uint64(11)) + 0.5) / 9007199254740992.0
    r = sqrt(-2.0 * log(u)); w = 6.283185307179586 * v
    return r * cos(w), r * sin(w)
''')
_src = '''
@jit
def run(A, D, Q, ids, plan, group, seed, clock, days, every, out, cols, g):
    """A (nS, 2, n) states, D (2, n) couple, Q (nP, 2, n) people, plan (G, T, nC, 2); out (rows, nO + nS + 2, 2, n)."""
    n = A.shape[2]; T = plan.shape[1]; m = %d; acc = np.zeros((m, 2, 1))
    for i in range(n):
        PL = plan[group[i]]
        a = load_state(A, 0, i); b = load_state(A, 1, i); pa = load_person(Q, 0, i); pb = load_person(Q, 1, i)
        d = Dyad(D[0, i], D[1, i]); row = 0; tot = 0.0
        for day in range(days):
            for t in range(T):
                ca = load_case(PL, t, 0); cb = load_case(PL, t, 1); k = clock + day * T + t
                z0, z1 = pair(seed, ids[i], 0, k, 0); z2, z3 = pair(seed, ids[i], 0, k, 1); z4, z5 = pair(seed, ids[i], 0, k, 2)
                y0, y1 = pair(seed, ids[i], 1, k, 0); y2, y3 = pair(seed, ids[i], 1, k, 1); y4, y5 = pair(seed, ids[i], 1, k, 2)
                a, b, d, oa, ob = exchange(a, b, d, pa, pb, ca, cb, Luck(z0, z1, z2, z3, z4, z5), Luck(y0, y1, y2, y3, y4, y5), g)
                w = ca.contact * ca.dt
                if every: w = 1.0
                if w > 0.0:
                    add(acc, 0, 0, oa, a, w); add(acc, 1, 0, ob, b, w)
                    acc[m - 2, 0, 0] += w * d.closeness; acc[m - 2, 1, 0] += w * d.closeness
                    acc[m - 1, 0, 0] += w / (1.0 - a.away); acc[m - 1, 1, 0] += w / (1.0 - b.away)
                    tot += w
                if every or t == T - 1:
                    f = 1.0 / max(tot, 1e-9)
                    for r in range(len(cols)):
                        out[row, r, 0, i] = f * acc[cols[r], 0, 0]; out[row, r, 1, i] = f * acc[cols[r], 1, 0]
                    acc[:] = 0.0; tot = 0.0
                    row += 1
        store_state(A, 0, i, a); store_state(A, 1, i, b); D[0, i] = d.closeness; D[1, i] = d.age
'''
_text = _head + '\n\n'.join(_parts) + _src % (nO + nS + 2)
_dir = pathlib.Path(__file__).parent / 'build'; _dir.mkdir(exist_ok=True)
_file = _dir / ('text_' + hashlib.md5(_text.encode()).hexdigest()[:10] + '.py')
if not _file.exists(): _file.write_text(_text)
sys.path.insert(0, str(_dir)); _mod = importlib.import_module(_file.stem)
pair = _mod.pair
_run = _mod.run

HOME = dict(dt=2.5, contact=1., clarity=.6, awake=1., danger=0., heat=0., topic=0., place=0., say=0., scripted=0., script=0., calming=0.)


def case(**more):
    """A situation as (nC, 2); a value may be a pair (for A and B)."""
    d = {**HOME, **more}
    return np.array([np.broadcast_to(np.asarray(d[k], float), 2) for k in C])


def day(parts=4, cuts=1, **more):
    """Ten exchanges of 10 min, gaps of 86 min, and a night."""
    away = {k: v for k, v in more.items() if k in ('danger', 'place')}
    one = [case(dt=10 / parts / cuts, **more)] * (parts * cuts) + [case(dt=86. / cuts, contact=0., **away)] * cuts
    return np.array(one * 10 + [case(dt=480. / cuts, contact=0., awake=0., **{k: v for k, v in away.items() if k == 'place'})] * cuts)


def talk(minutes=15., dt=1 / 6, owner=None, heat=.45, clarity=.7, **more):
    topic = (0., 0.) if owner is None else (1., -1.) if owner == 0 else (-1., 1.)
    return np.array([case(dt=dt, clarity=clarity, heat=heat, topic=topic, **more)] * int(round(minutes / dt)))


class World:
    """People, their couples, and where they are: arrays (field, partner, couple)."""

    def __init__(self, Q, g=None, seed=1, ids=None, start=.35, A=None, D=None, clock=0):
        self.Q = np.ascontiguousarray(Q); self.n = Q.shape[2]; self.g = g or core.shared(); self.seed = seed; self.clock = clock
        self.ids = np.arange(self.n) if ids is None else np.asarray(ids)
        if A is None:
            z = np.zeros((6, 2, self.n))
            for i, k in enumerate(self.ids):
                for j in (0, 1):
                    for q in range(3): z[2 * q:2 * q + 2, j, i] = pair(seed, k, j, 2 ** 40, q)
            p = core.Personal(*self.Q); s = core.born(p, np.broadcast_to(start, (2, self.n)), z)
            A = np.array(s); D = np.array([np.full(self.n, .5), np.zeros(self.n)])
        self.A, self.D = np.ascontiguousarray(A), np.ascontiguousarray(D)

    def copy(self, **more):
        w = World(self.Q.copy(), self.g, self.seed, self.ids.copy(), A=self.A.copy(), D=self.D.copy(), clock=self.clock)
        for k, v in more.items(): setattr(w, k, v)
        return w

    def pick(self, i):
        w = self.copy(); w.Q, w.A, w.D, w.ids = w.Q[..., i].copy(), w.A[..., i].copy(), w.D[..., i].copy(), w.ids[i].copy(); w.n = len(w.ids)
        return w

    def tile(self, k):
        w = self.copy(); w.Q, w.A, w.D, w.ids = np.tile(w.Q, k), np.tile(w.A, k), np.tile(w.D, k), np.tile(w.ids, k); w.n *= k
        return w

    def run(self, plan, days=1, every=False, group=None, keep=None):
        """dict of (rows, 2, n): means over contact of each day, or every step."""
        plan = np.asarray(plan, float)
        if plan.ndim == 3: plan = plan[None]
        T = plan.shape[1]; rows = days * T if every else days
        keep = keep or OUTS; cols = np.array([OUTS.index(k) for k in keep]); out = np.zeros((rows, len(cols), 2, self.n))
        group = np.zeros(self.n, np.int64) if group is None else np.asarray(group, np.int64)
        _run(self.A, self.D, self.Q, self.ids, np.ascontiguousarray(plan), group, self.seed, self.clock, days, every, out, cols, self.g)
        self.clock += days * T
        return {k: out[:, r] for r, k in enumerate(keep)}

    def __getattr__(self, name):
        if name.startswith("__"): raise AttributeError(name)
        if name in S: return self.A[S.index(name)]
        if name in P: return self.Q[P.index(name)]
        raise AttributeError(name)

    def set(self, **more):
        for k, v in more.items():
            if k == 'closeness': self.D[0] = v
            elif k == 'age': self.D[1] = v
            else: self.A[S.index(k)] = v
        return self
