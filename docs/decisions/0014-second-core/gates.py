"""Gates, measured: python gates.py [digits of gates] [seed=1] [n=300] [number=value ...].

Cohorts: couples that have parted are *removed* wherever the gate compares with studies of couples (G2, G3, G5, G6,
retest in G7), since such studies see couples that are together. G4, G8 and the pairs of G7 keep everybody.
"""
import sys, time
import numpy as np
import architectures as R, core, engine as E, diary_stats
from engine import World, case, day, talk

ROWS = []; CUTS = 1; QUIET = False
FACE = core.SWITCHES


def row(gate, name, value, lo, hi):
    ok = bool(lo <= value <= hi); ROWS.append((gate, name, float(value), lo, hi, ok))
    if not QUIET: print(f"  {gate:3s} {name:64s} {value:8.3f}  [{lo:g}, {hi:g}]  {'ok' if ok else 'MISS'}", flush=True)


def note(*a):
    if not QUIET: print('        ', *a, flush=True)


def corr(a, b): return np.corrcoef(np.ravel(a), np.ravel(b))[0, 1]
def dee(a, b): return (np.mean(a) - np.mean(b)) / np.sqrt(.5 * (np.var(a) + np.var(b)) + 1e-12)
def seen(v, rng, rel=.8): return v + rng.standard_normal(v.shape) * v.std() * np.sqrt(1 / rel - 1)
def lgt(t): return np.log(t / (1 - t))


def ols(X, y):
    X = (X - X.mean(0)) / X.std(0); y = (y - y.mean()) / y.std(); b = np.linalg.lstsq(X, y, rcond=None)[0]
    r2 = 1 - ((y - X @ b) ** 2).mean(); return b, 1 - (1 - r2) * (len(y) - 1) / (len(y) - X.shape[1] - 1)


def steps(n, dt, **k):
    """n intervals of dt, cut finer where G1 asks for it."""
    return np.array([case(dt=dt / CUTS, **k)] * (n * CUTS))


def today(**k): return day(cuts=CUTS, **k)


KEEP = ('m', 'face', 'affect', 'alarm', 'sentiment', 'satisfaction', 'threat', 'commitment', 'closeness', 'warm', 'a_bid', 'a_demand', 'a_away', 'out',
        'arousal', 'load', 'strain', 'insight')


def cohort(seed, n, g, days=545):
    """Dating couples of a mixed population from their start; the world at day 360; who has parted when."""
    rng = np.random.default_rng(seed); Q, anx, avo = R.population(n, rng)
    w = World(Q, g, seed, start=.3 + .15 * rng.standard_normal(n)); parts = []; mid = None
    for d in (360, days - 360):
        parts.append(w.run(day(), d, keep=KEEP))
        if mid is None: mid = w.copy()
    r = {k: np.concatenate([q[k] for q in parts]) for k in KEEP}
    haz = core.hazard(r['out'], g); alive = np.exp(-np.cumsum(haz.sum(1), 0)); u = rng.random(n)
    when = np.where((alive < u).any(0), (alive < u).argmax(0), days + 1)
    here = np.flatnonzero(when > 360)
    return dict(Q=Q, anx=anx, avo=avo, w=w, mid=mid.pick(here), r=r, haz=haz, alive=alive, when=when, here=here, n=n, seed=seed, g=g)


def pairs(names_a, names_b, seed, g, start=.35):
    rng = np.random.default_rng(seed); return World(R.people(names_a, names_b, rng), g, seed, start=start)


# ------------------------------------------------------------------ G1
def g1(seed, n, g):
    rng = np.random.default_rng(seed); Q, *_ = R.population(n, rng); keep = ('closeness', 'alarm', 'a_demand', 'satisfaction', 'latency'); got = {}
    for cuts in (1, 2):
        w = World(Q, g, seed); r = w.run(day(cuts=cuts), 60, keep=keep); got[cuts] = w, {k: v[-30:].mean((0, 1)) for k, v in r.items()}
    worst = 0
    for k in keep:
        a, b = got[1][1][k], got[2][1][k]; d = (b - a).mean() / a.std(); worst = max(worst, abs(d)); note('everyday', k, 'd %.3f' % d)
    row('G1', 'everyday, steps halved: worst |d|', worst, 0, .2)
    worst = 0; res = {}
    for dt in (1 / 6, 1 / 12):
        w = got[1][0].copy(); r = w.run(np.concatenate([talk(dt=dt, owner=0)] * 1), every=True, keep=keep + ('arousal',)); res[dt] = {k: v.mean((0, 1)) for k, v in r.items()}
    for k in res[1 / 6]:
        a, b = res[1 / 6][k], res[1 / 12][k]; d = (b - a).mean() / a.std(); worst = max(worst, abs(d)); note('talk', k, 'd %.3f' % d)
    row('G1', 'talk, 10 s against 5 s: worst |d|', worst, 0, .2)
    global CUTS, QUIET, ROWS
    was, q = ROWS, QUIET; QUIET = True; verdict = []
    for CUTS in (1, 2):
        ROWS = []; g8(seed, 60, g); verdict.append([(x[1], x[2], x[-1]) for x in ROWS])
    CUTS, QUIET, ROWS = 1, q, was
    flips = [(a[0], round(a[1], 3), round(b[1], 3)) for a, b in zip(*verdict) if a[2] != b[2]]; note('flipped', flips)
    row('G1', 'claims (G8 rows) whose verdict changes when steps halve', len(flips), 0, 0)


# ------------------------------------------------------------------ G2
def g2(co, seed, g, n=200):
    r, i, rng = co['r'], co['here'], np.random.default_rng(seed + 50)
    m, f = r['m'][200:214][..., i], r['face'][200:214][:, ::-1][..., i]
    mo, fo = seen(m, rng), seen(f, rng); mw, fw = mo - mo.mean(0), fo - fo.mean(0)
    row('G2', 'T1 tracking r, 14 days within person, observed', (mw * fw).sum() / np.sqrt((mw ** 2).sum() * (fw ** 2).sum()), .21, .67)
    row('G2', 'T1 bias d', (m - f).mean() / f.std(), -.35, 0)
    out = {}
    for who in ('secure', 'anxious', 'avoidant'):
        w = pairs([who] * n, ['secure'] * n, seed + 2, g); w.run(day(), 30, keep=('m',))
        for cl in (.3, .95):
            v = w.copy(); out[who, cl] = v.run(steps(4, .5, clarity=cl, scripted=1., script=.3), every=True, keep=('m',))['m'][:, 0].mean(0)
    for who in ('anxious', 'avoidant'):
        row('G2', f'T2 same message, ambiguous: secure over {who}, d', dee(out['secure', .3], out[who, .3]), .2, .9)
        row('G2', f'T2 same message, clear: {who}, |d|', abs(dee(out['secure', .95], out[who, .95])), 0, .2)


# ------------------------------------------------------------------ G3
def g3(co, seed, g):
    i = co['here']; rng = np.random.default_rng(seed + 60); L = co['r']['satisfaction'][355][:, i]; q = seen(L, rng, .88); ax, av = co['anx'][:, i], co['avo'][:, i]
    X = np.stack([v.ravel() for v in (ax, av, ax[::-1], av[::-1])], 1); b, _ = ols(X, q.ravel())
    row('G3', 'own anxiety on own satisfaction, beta', b[0], -.45, -.09); row('G3', 'own avoidance on own satisfaction, beta', b[1], -.45, -.09)
    row('G3', "partner's anxiety on own satisfaction, beta", b[2], -.38, 0); row('G3', "partner's avoidance on own satisfaction, beta", b[3], -.38, 0)
    row('G3', 'actor minus partner, mean betas', b[:2].mean() - b[2:].mean(), -1, 0)
    F = np.concatenate([np.stack([R.free(v, R.SPREAD[k][1]) for k, v in zip(R.FIELDS, co['Q'][..., i])])] * 1)
    F2 = np.concatenate([F, F[:, ::-1]]).reshape(2 * len(F), -1).T
    row('G3', 'R2 of satisfaction by all fixed traits of both, latent, adjusted', ols(F2, L.ravel())[1], 0, .55)
    row('G3', "partners' observed satisfaction, r", corr(q[0], q[1]), .3, .7)
    for k in ('warm', 'a_bid', 'a_demand', 'a_away'):
        a = co['r'][k][346:360].mean(0)[:, i]; row('G3', f'own {k} on own satisfaction, latent, |r|', abs(corr(a, L)), 0, .6); note(f'{k}: signed {corr(a, L):+.2f}; with partner {corr(a, L[::-1]):+.2f}; partners\' acts {corr(a[0], a[1]):+.2f}')
    a = co['r']['face'][346:360].mean(0)[:, i]; note('face on satisfaction %+.2f; partners\' faces %+.2f' % (corr(a, L), corr(a[0], a[1])))
    row('G3', 'commitment and satisfaction, latent, r', corr(co['r']['commitment'][355][:, i], L), -1, .8)
    dw = 0
    for o in (0, 1):
        r = co['mid'].copy(clock=10 ** 7 * (1 + o)).run(talk(owner=o), every=True, keep=('a_demand', 'a_away')); dw = dw + (r['a_demand'] * r['a_away'][:, ::-1]).mean((0, 1))
    row('G3', 'demand-withdraw with dissatisfaction, observed, r', corr(seen(dw, rng), -seen(L.mean(0), rng)), .18, .52)
    A = co['r']['satisfaction'][355]; note('all couples, parted kept: pair r %.2f, R2 %.2f, warm %.2f, demand %.2f' % (corr(*A), ols(np.concatenate([(f := np.stack([R.free(v, R.SPREAD[k][1]) for k, v in zip(R.FIELDS, co['Q'])])), f[:, ::-1]]).reshape(2 * len(f), -1).T, A.ravel())[1], corr(co['r']['warm'][346:360].mean(0), A), corr(co['r']['a_demand'][346:360].mean(0), A)))


# ------------------------------------------------------------------ G4
def g4(seed, g, n=90, days=330):
    rng = np.random.default_rng(seed + 70); some = lambda: [R.INSECURE[j] for j in rng.integers(len(R.INSECURE), size=n)]
    k = n // 2; w = pairs(some() + ['secure'] * k, some() + ['secure'] * k, seed + 4, g).pick(np.r_[0:n, n:n + k, 0:n, n:n + k, 0:n]); M = n + k
    arm = np.repeat([0, 1, 2], (M, M, n)); lo = (arm == 1).astype(int); start = np.where(lo, -.3, .45) * np.ones((2, 1))
    w.set(expected=start, sentiment=start, satisfaction=start, face=start)
    w.run(np.stack([day(scripted=1., script=.45), day(scripted=1., script=-.3)]), 30, group=lo, keep=('m',))
    q = []
    for span, bad in ((30, 0), (30, 1), (days - 30, 0)): q.append(w.run(np.stack([day(), day(heat=.5, danger=.7)]), span, group=(arm == 2) * bad, keep=('sentiment',))['sentiment'])
    z = np.concatenate(q).mean(1); end = z[-14:].mean(0); good, bad, hit = (slice(0, n), slice(M, M + n), slice(2 * M, 2 * M + n)); gs, bs = slice(n, M), slice(M + n, 2 * M)
    row('G4', 'insecure: share whose end a year on depends on the start', np.mean(end[good] - end[bad] > .25), .1, .5)
    row('G4', 'secure: share whose end a year on depends on the start', np.mean(end[gs] - end[bs] > .25), 0, .0499)
    note('insecure, sentiment by start: %.2f %.2f (sd %.2f), secure %.2f %.2f; share at 120, 220 d: %.2f %.2f' % (end[good].mean(), end[bad].mean(), end[good].std(), end[gs].mean(), end[bs].mean(), np.mean(z[120, good] - z[120, bad] > .25), np.mean(z[220, good] - z[220, bad] > .25)))
    tip, fell = end[good] - end[hit], z[65, good] - z[65, hit]
    row('G4', 'a bad month tips insecure couples (nine months on)', np.mean(tip > .25), .05, 1); row('G4', 'a bad month is forgotten by insecure couples', np.mean((fell > .05) & (tip < .1)), .05, 1); note('hit by %.2f' % fell.mean())
    # hysteresis: stress up and down, three weeks a level, against the same couples without the ramp
    m = 45; w2 = pairs(['anxious', 'scanner', 'dependent'] * (m // 3), ['avoidant', 'withdrawer', 'anxious'] * (m // 3), seed + 6, g, .45); w2.run(day(), 60, keep=('m',)); w2 = w2.tile(2)
    lev = [0, .15, .3, .45, .6, .75, .9, .75, .6, .45, .3, .15, 0]; F = []
    for x in lev: F.append(w2.run(np.stack([day(danger=x, heat=.5 * x), day()]), 21, group=np.repeat([0, 1], m), keep=('face',))['face'][-7:].mean((0, 1)).reshape(2, m))
    F = np.array(F); D = F[:, 0] - F[:, 1]; gap = (D[:4] - D[::-1][:4]).mean(0); note('face under ramp', np.round(D.mean(1), 2))
    row('G4', 'hysteresis: up minus down at low stress beyond control, d', gap.mean() / F[0, 1].std(), .2, 9)
    # help: bad start, low
    low = np.arange(M, M + n)[end[bad] < .1]; h = w.pick(low).tile(2); k = len(low); on = np.repeat([1, 0], k); o = on * 1.
    hour = steps(24, 2.5, heat=.3, place=1., say=.05, scripted=1., script=.6, calming=.5)
    home = day(); coached = home.copy(); coached[:14] = day(scripted=1., script=.6)[:14]
    two = [np.stack([np.concatenate([hour, coached]), np.concatenate([steps(24, 2.5, contact=0.), home])]), np.stack([coached, home])]
    for week in range(12):
        h.run(two[0], 1, group=1 - on, keep=('m',)); x = h.run(two[1], 6, group=1 - on, keep=('sentiment', 'insight'))
    s0 = x['sentiment'][-1].mean(0).reshape(2, k); note('end of course: sentiment %.2f, %.2f; insight %.2f, %.2f' % (*s0.mean(1), *x['insight'][-1].mean(0).reshape(2, k).mean(1)))
    x = h.run(day(), 730, keep=('sentiment', 'satisfaction', 'insight')); s1 = {y: v[-30:].mean((0, 1)).reshape(2, k) for y, v in x.items()}
    note('two years on: sentiment %.2f, %.2f; satisfaction %.2f, %.2f; insight %.2f, %.2f' % (*s1['sentiment'].mean(1), *s1['satisfaction'].mean(1), *s1['insight'].mean(1)))
    row('G4', f'a good course: share of {k} low couples better by .25 two years on', np.mean(s1['sentiment'][0] - s1['sentiment'][1] > .25), .1, 1)


# ------------------------------------------------------------------ G5
def g5(co, seed, g, m=100):
    w = co['mid']; n = w.n; r = w.copy(clock=3 * 10 ** 7).run(talk(dt=1 / 30, owner=0), every=True, keep=('face', 'arousal')); f = r['face'][60:]; f = f - f.mean(0)

    def ar(y):
        a, b, c = y[:-1].ravel(), y[:-1, ::-1].ravel(), y[1:].ravel(); return np.linalg.lstsq(np.stack([a, b], 1), c, rcond=None)[0]
    own, co_ = ar(f); sh = ar(np.stack([f[:, 0], np.roll(f[:, 1], 7, -1)], 1))[1]
    row('G5', 'own inertia at 2 s', own, .85, .95); row('G5', 'coordination at 2 s beyond shuffled', co_ - sh, .015, .045)
    a = r['arousal'][60:]; a = a - a.mean(0); a = a - np.linspace(-1, 1, len(a))[:, None, None] * (a * np.linspace(-1, 1, len(a))[:, None, None]).sum(0) / (np.linspace(-1, 1, len(a)) ** 2).sum()
    row('G5', 'synchrony of arousal beyond shuffled, r', corr(a[:, 0], a[:, 1]) - corr(a[:, 0], np.roll(a[:, 1], 7, -1)), 0.02, 1)
    r = w.copy(clock=4 * 10 ** 7).run(talk(owner=0), every=True, keep=('face', 'a_demand', 'a_away')); x = r['face'][6:]
    q = co['r']['satisfaction'][355].mean(0)[co['here']]; o = np.argsort(q); t = n // 3; hap, unh = o[-t:], o[:t]; pos, neg = x > .1, x < -.1
    ratio = lambda i: pos[..., i].mean() / max(neg[..., i].mean(), 1e-3)
    row('G5', 'positive to negative, happiest third', ratio(hap), 3, 8); row('G5', 'positive to negative, unhappiest third', ratio(unh), .5, 1.5)

    def recip(i):
        ng = neg[..., i]; a, b = ng[:-1, ::-1], ng[1:]; base = b.mean((0)); pa = (a & b).sum(0) / np.maximum(a.sum(0), 1); return (pa - base)[a.sum(0) > 5].mean()
    row('G5', 'negative after negative beyond base, unhappy minus happy', recip(unh) - recip(hap), 1e-9, 1); note('unhappy %.3f happy %.3f' % (recip(unh), recip(hap)))
    d = r['a_demand'].mean(0); row('G5', 'owner of the topic demands more, share of couples', np.mean(d[0] > d[1]), .6, .95)
    res = {}
    for A, B in (('scanner', 'withdrawer'), ('secure', 'withdrawer'), ('scanner', 'secure'), ('secure', 'secure')):
        v = pairs([A] * m, [B] * m, seed + 5, g); v.run(day(), 60, keep=('m',)); r = v.run(talk(dt=1 / 12, minutes=20, owner=0), every=True, keep=('a_demand', 'a_away'))
        D, W = (y.reshape(-1, 6, m).mean(1) for y in (r['a_demand'][60:, 0], r['a_away'][60:, 1])); Dc, Wc = D - D.mean(0), W - W.mean(0)
        lag = lambda a, b: np.linalg.lstsq(np.stack([b[:-1].ravel(), a[:-1].ravel()], 1), b[1:].ravel(), rcond=None)[0][1] * a.std()
        res[A, B] = lag(Dc, Wc), lag(Wc, Dc); note('%s-%s: W after D %.4f, D after W %.4f; demand %.2f withdraw %.2f' % (A, B, *res[A, B], D.mean(), W.mean()))
    sw = res.pop(('scanner', 'withdrawer'))
    row('G5', 'scanner-withdrawer, weaker of both lagged directions', min(sw), 1e-9, 1)
    row('G5', 'its ratio to the greatest pair with a secure partner', min(sw) / max(max(min(v) for v in res.values()), 1e-4), 2, 1e9)


# ------------------------------------------------------------------ G6
def g6(co, seed, g):
    rng = np.random.default_rng(seed + 80); i = co['here']; r = co['r']; F, X = diary_stats.load(); cells = []
    model = dict(contentment=r['affect'], anxiety=r['arousal'] + r['load'] + r['strain'])
    for name, v in model.items():
        a = seen(v[200:235][..., i], rng); st = diary_stats.stats(a)[:8]; x = X[F.index(name)]; real = diary_stats.stats(x)[:8]; rb = np.random.default_rng(0)
        se = np.array([diary_stats.stats(x[..., rb.integers(40, size=40)])[:8] for _ in range(200)]).std(0); ok = np.abs(st - real) < 1.96 * np.sqrt(2) * se; cells.extend(ok)
        note(name, ' '.join('%s %.2f(%.2f)%s' % (k, a_, b_, '' if c_ else '*') for k, a_, b_, c_ in zip(diary_stats.NAMES, st, real, ok)))
        if name == 'contentment':
            row('G6', 'contentment: own lag one', st[:2].mean(), .15, .25); row('G6', "contentment: partner's lag one", st[2:4].mean(), 0, .08)
            row('G6', 'contentment: same day, within', st[4], .12, .29); row('G6', 'contentment: share of variance between persons', st[6:8].mean(), .30, .53)
    row('G6', 'share of the 16 cells of contentment and anxiety in band', np.mean(cells), .75, 1)


# ------------------------------------------------------------------ G7
def g7(co, seed, g, n=32):
    t = lgt(co['r']['threat']); unit = t[170:184].mean(0).std(); T = len(t)
    prs = [('secure', 'secure'), ('anxious', 'secure'), ('avoidant', 'secure'), ('anxious', 'avoidant'), ('anxious', 'anxious'), ('avoidant', 'avoidant')]
    m = [3 * n] + [n] * 5; who = np.repeat(np.arange(6), m)
    w = pairs(*[[prs[k][j] for k in who] for j in (0, 1)], seed + 7, g, .5); L = lgt(w.run(day(), 455, keep=('threat',))['threat'])
    ch = (L[-30:].mean(0) - L[60:90].mean(0)) / unit; ch[:, who == 0] = ch[:, who == 0].mean(0); ch = np.array([ch[0, who == k].mean() for k in range(6)]); note(' '.join('%s/%s %+.2f' % (*a, c) for a, c in zip(prs, ch)))
    row('G7', 'secure beside secure, change in a year, sd', ch[0], -.1, .1)
    row('G7', 'insecure beside secure, change in a year, sd', ch[1:3].mean(), -1.5, -.05); row('G7', 'insecure beside insecure, change in a year, sd', ch[3:].mean(), 0, 1)
    i = co['here']; wk = lambda d: t[d:d + 5].mean(0)[:, i]
    row('G7', 'retest of latent anxiety at 21 days', corr(wk(170), wk(191)), .88, .96); row('G7', 'retest of latent anxiety at a year', corr(wk(170), wk(535)), .4, .9)


# ------------------------------------------------------------------ G8
def g8(seed, n, g):
    one = ['secure']; two = lambda a, b, days, k, start=.35: (lambda w: (w.run(today(), days, keep=('m',)), w)[1])(pairs([a] * n, [b] * n, seed + k, g, start))
    # lessons: a cold history, then ten hours of scripted warmth, live or calm, or of talk, or nothing
    w0 = two('anxious', 'avoidant', 10, 8); w0.run(today(scripted=1., script=-.1), 20, keep=('m',))
    rest = steps(4, 720., contact=0.)

    def test(w, place=0., heat=.3, key='alarm'):
        v = w.copy(clock=5 * 10 ** 7); v.run(rest, keep=('m',)); return v.run(steps(30, 1., clarity=.2, heat=heat, place=place, scripted=1., script=.1), keep=(key,))[key][0, 0].mean()

    def act(w):
        v = w.copy(clock=6 * 10 ** 7); v.run(rest, keep=('m',)); r = v.run(steps(8, 2.5, heat=.3, clarity=.6, scripted=1., script=.35), keep=('warm', 'a_demand', 'a_away')); return (r['warm'] - r['a_demand'] - r['a_away'])[0, 0]
    b0 = test(w0); a0 = act(w0); res = {}
    for arm, k in (('live', dict(heat=.35, scripted=1., script=.5)), ('calm', dict(scripted=1., script=.5)), ('talk', dict(contact=0., say=1.)), ('nothing', dict(contact=0.))):
        w = w0.copy(); w.run(np.concatenate([steps(12, 2.5, **k), steps(1, 1000., contact=0.)]), 20, keep=('m',)); res[arm] = w
    al = {k: test(w) - b0 for k, w in res.items()}; sf = {k: (w.safety - w0.safety)[0].mean() for k, w in res.items()}
    note('alarm before %.2f; ' % b0 + '; '.join('%s safety %+.3f alarm %+.3f satisfaction %+.2f act %+.3f' % (k, sf[k], al[k], (res[k].satisfaction - w0.satisfaction)[0].mean(), (act(res[k]) - a0).mean()) for k in res))
    row('G8', 'C12 live over calm, safety memory', sf['live'] / max(sf['calm'], 1e-6), 2, 1e3); row('G8', 'C12 live over calm, alarm in the test, beyond no lesson', (al['live'] - al['nothing']) / min(al['calm'] - al['nothing'], -1e-3), 2, 1e3)
    row('G8', 'C12 calm beyond talk, alarm in the test', (al['talk'] - al['calm']), .005, 1); lost = -al['live']; row('G8', 'alarm lost by live correction', lost, .05, 1)
    row('G8', 'C23 return in a new context: share of the loss', 1 - (test(w0, place=2.) - test(res['live'], place=2.)) / lost, .2, .7)
    note('return under stress, share of the loss: %.2f' % (1 - (test(w0, heat=.8) - test(res['live'], heat=.8)) / lost))
    w = w0.copy(); w.run(steps(12, 2.5, say=1.), keep=('m',)); row('G8', 'C11 words: belief moves within a day, of the way to what is said', ((w.satisfaction - w0.satisfaction)[0] / (1 - w0.satisfaction[0])).mean(), .5, 1)
    row('G8', 'C11 words: alarm moves, share of live', abs(test(w) - b0) / lost, 0, .15); n0 = act(res['nothing'])
    row('G8', 'C19 words move acts, sd between people', np.abs(act(w) - a0).mean() / a0.std(), 0, .10); row('G8', 'C19 live correction moves acts beyond no lesson, sd', (act(res['live']) - n0).mean() / a0.std(), .05, 9)
    # reassurance
    w = two('dependent', 'avoidant', 5, 9); dose = steps(12, 2.5, scripted=1., script=.7); rel = lambda w: w.copy(clock=7 * 10 ** 7).run(dose[:8 * CUTS], keep=('relief',))['relief'][0, 0].mean()
    r0 = rel(w); w1 = w.copy(); w1.run(np.concatenate([dose, today()[4 * CUTS:]]), 60, keep=('m',)); r1 = rel(w1); row('G8', 'C05 relief of a dose falls over 60 days, share lost', 1 - r1 / r0, .5, 1)
    w1.run(steps(1, 1440., contact=0.), 60, keep=('m',)); row('G8', 'C05 restored by 60 days without, share of the loss', (rel(w1) - r1) / (r0 - r1), .5, 9)
    dem = {}
    for who in ('dependent', 'secure'):
        w = two(who, 'secure', 30, 10); v = []
        for gap in (1., 4.):
            u = w.copy(); u.run(steps(4, 60 * gap / 4, contact=0.), keep=('m',)); v.append(u.run(steps(1, 2.5), keep=('a_demand',))['a_demand'][0, 0].mean())
        dem[who] = v[1] - v[0]
    row('G8', 'C06 silence brings demand: slope of dependent over secure', dem['dependent'] / max(dem['secure'], 1e-3), 2, 1e3)
    # withdrawer, merger
    w = two('withdrawer', 'secure', 40, 11); W = [w.copy().set(closeness=c).run(steps(10, 1., scripted=1., script=.4), keep=('a_away',))['a_away'][0, 0] for c in (.1, .8)]
    row('G8', 'C07 withdrawer: withdrawal close minus distant, same warmth', np.mean(W[1] - W[0]), .05, 1)
    aff = {}
    for who in ('merger', 'secure'):
        w = two(who, 'anxious', 40, 12); r = w.run(today(), 14, every=True, keep=('affect',))['affect']; on = np.tile(today()[:, E.C.index('contact'), 0] > 0, 14); A = r[on]; A = A - A.mean(0); aff[who] = corr(A[:, 0], A[:, 1]) ** 2
    row('G8', "C08 merger: share of affect that is the partner's, over secure", aff['merger'] / aff['secure'], 2, 1e3)
    # freeze, unease, presence
    fz, un, pr, tot = {}, {}, {}, {}
    for k, who in enumerate(R.ROWS):
        w = two(who, 'secure', 40, 13); r = w.copy().run(today(), 3, keep=('freeze',)); fz[who] = r['freeze'][:, 0].mean()
        q = w.copy().run(steps(30, 1., scripted=1., script=.35), every=True, keep=('arousal', 'alarm')); un[who] = q['arousal'][10 * CUTS:, 0].mean(0)
        e = {}
        for here in (0., 1.):
            for dg in (0., .4): e[here, dg] = w.copy().run(steps(10, 1., contact=here, danger=dg), every=True, keep=('evidence',))['evidence'][-5 * CUTS:, 0].mean()
        pr[who] = e[1., .4] - e[1., 0.] - e[0., .4] + e[0., 0.]; tot[who] = e[1., .4] - e[0., .4]
    note('freeze', {k: round(float(v), 3) for k, v in fz.items()}); note('presence', {k: round(float(v), 3) for k, v in pr.items()})
    row('G8', 'C17 freeze of the disorganised over the greatest other', fz['disorganised'] / max(v for k, v in fz.items() if k != 'disorganised'), 1.5, 1e3)
    row('G8', 'C03 scanner: tonic arousal at a steady warm cue over secure, d', dee(un['scanner'], un['secure']), .5, 9)
    row('G8', 'C15 presence under danger, evidence: secure', pr['secure'], -1, -.05); row('G8', 'C15 presence: anxious weaker than secure', pr['anxious'] - pr['secure'], .02, 1)
    row('G8', 'C15 presence: disorganised reversed', tot['disorganised'], .0, 1)


# ------------------------------------------------------------------ G9
def g9(co, seed, g):
    alive, haz, when = co['alive'], co['haz'], co['when']; n = co['n']
    row('G9', "first year of dating: share parted", 1 - alive[364].mean(), .15, .29)
    h = haz.sum(1); a0 = np.r_[np.ones((1, n)), alive[:-1]]; hz = lambda x: (h[x] * a0[x]).sum() / a0[x].sum(); e1, e2 = hz(slice(60, 240)), hz(slice(365, 545)); row('G9', 'hazard of months 13 to 18 over months 3 to 8', e2 / e1, 0, .95); note('hazard a year: months 1-2 %.2f, 3-8 %.2f, 9-12 %.2f, 13-18 %.2f' % tuple(365 * hz(s) for s in (slice(0, 60), slice(60, 240), slice(240, 365), slice(365, 545))))
    q = co['r']['satisfaction'].mean(1); stay = np.flatnonzero(when > 545); gone = np.flatnonzero((when > 120) & (when <= 545)); sl = [(q[when[i], i] - q[when[i] - 120, i]) - (q[when[i], stay] - q[when[i] - 120, stay]).mean() for i in gone]
    row('G9', f'last four months of {len(gone)} leavers minus stayers, sd', np.mean(sl) / q[200].std(), -9, -.1)
    share = np.array([haz[:when[i], :, i].sum(0) for i in gone]); note('likelier leaver carries %.2f of the hazard' % (share.max(1) / share.sum(1)).mean())
    w = co['w'].pick(stay); w.set(age=w.D[1] + 8 * 525600.); w.run(day(), 180, keep=('m',)); o = w.run(day(), 365, keep=('out',))['out']; hz = core.hazard(o, g).sum((0, 1)); row('G9', 'long-term couples (together since ten years): share parted in a year', 1 - np.exp(-hz).mean(), .005, .04)


def main(args):
    seed, n, which, more = 1, 200, '', {}
    for a in args:
        if a.startswith('seed='): seed = int(a[5:])
        elif a.startswith('n='): n = int(a[2:])
        elif a.startswith('sd.'): k, v = a[3:].split('='); R.SPREAD[k] = (float(v), R.SPREAD[k][1])
        elif a.startswith('row.'): k, v = a[4:].split('='); who, f = k.split('.'); R.ROWS[who] = tuple(float(v) if f == ff else x for ff, x in zip(R.FIELDS, R.ROWS[who]))
        elif '=' in a: k, v = a.split('='); more[k] = float(v)
        else: which = a
    which = which or '123456789'; g = core.shared(**more); t0 = time.time(); ROWS.clear()
    co = cohort(seed, n, g) if set(which) & set('235679') else None
    if co:
        r = co['r']; note('cohort %.0f s; day 360:' % (time.time() - t0), ' '.join('%s %.2f(%.2f)' % (k, r[k][355].mean(), r[k][355].std()) for k in ('sentiment', 'satisfaction', 'face', 'closeness', 'strain', 'alarm', 'out', 'insight')))
    for c in which:
        t = time.time()
        if c == '1': g1(seed, 150, g)
        if c == '2': g2(co, seed, g)
        if c == '3': g3(co, seed, g)
        if c == '4': g4(seed, g)
        if c == '5': g5(co, seed, g)
        if c == '6': g6(co, seed, g)
        if c == '7': g7(co, seed, g)
        if c == '8': g8(seed, 100, g)
        if c == '9': g9(co, seed, g)
        note('(%s: %.0f s)' % (c, time.time() - t))
    print('passed %d of %d' % (sum(x[-1] for x in ROWS), len(ROWS)))
    return list(ROWS)


if __name__ == '__main__':
    main(sys.argv[1:])
