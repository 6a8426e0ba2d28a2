"""What falls when a mechanism goes: a reduced suite on seed 1 (80 couples), rows near an edge move by chance: results/ablation.json."""
import json, numpy as np, core, gates as G
MECH = [('nothing', {}), ('posterior', dict(on_prior=0.)), ('old cause', dict(on_old=0.)), ('window', dict(on_window=0.)), ('volatility', dict(on_volatility=0.)), ('accumulator', dict(on_accumulator=0.)),
        ('buffer', dict(on_buffer=0.)), ('need', dict(on_need=0.)), ('tolerance', dict(on_tolerance=0.)), ('surprise (percept answered instead)', dict(on_surprise=0.)), ('pressing and being left', dict(on_press=0.)), ('conflict', dict(on_conflict=0.)),
        ('sentiment acts', dict(on_sentiment=0.)), ('accommodation', dict(on_accommodate=0.)), ('strain from alarm, narrowed window', dict(on_toll=0.)), ('want of change', dict(on_want=0.)), ('own standards', dict(on_standard=0.)), ('alternatives', dict(on_options=0.)), ('contagion', dict(on_contagion=0.)), ('context of the safety memory', dict(on_context=0.))]


def suite(g):
    G.ROWS.clear(); G.QUIET = True
    co = G.cohort(1, 60, g, days=361); co['here'] = np.flatnonzero(co['when'] > 360); co['mid'] = co['w'].pick(co['here'])
    G.g2(co, 1, g, n=50); G.g3(co, 1, g); G.g5(co, 1, g, m=30); G.g6(co, 1, g); G.g8(1, 20, g)
    rng = np.random.default_rng(71); n = 32; some = lambda: [G.R.INSECURE[j] for j in rng.integers(7, size=n)]; w = G.pairs(some(), some(), 5, g).tile(2); lo = np.repeat([0, 1], n)
    st = np.where(lo, -.3, .45) * np.ones((2, 1)); w.set(expected=st, sentiment=st, satisfaction=st, face=st); w.run(np.stack([G.day(scripted=1., script=.45), G.day(scripted=1., script=-.3)]), 30, group=lo, keep=('m',))
    w.run(G.day(), 240, keep=('m',)); q = w.run(G.day(), 14, keep=('sentiment',))['sentiment'].mean((0, 1)).reshape(2, n); G.row('G4', 'two basins in 32 insecure pairs after nine months', np.mean(q[0] - q[1] > .25), .1, .8)
    haz = core.hazard(co['r']['out'], g).sum(1); G.row('G9', 'first year: share parted', 1 - np.exp(-haz.sum(0)).mean(), .15, .29)
    return [(r[0], r[1], r[2], r[5]) for r in G.ROWS]


if __name__ == '__main__':
    out = {}
    for name, off in MECH:
        out[name] = suite(core.shared(**off)); base = out['nothing']
        tell = lambda a, b: f'{a[0]} {a[1]} ({a[2]:.2f} -> {b[2]:.2f})'
        print(f'{name}: {sum(x[3] for x in out[name])} of {len(base)}\n   falls: ' + '; '.join(tell(a, b) for a, b in zip(base, out[name]) if a[3] and not b[3]) + '\n   gains: ' + '; '.join(tell(a, b) for a, b in zip(base, out[name]) if not a[3] and b[3]), flush=True); json.dump(out, open('results/ablation.json', 'w'))
