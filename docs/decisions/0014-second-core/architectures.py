"""Eight architectures as rows of one table, and people spread around them."""

import numpy as np

import core

FIELDS = core.Personal._fields
# sd of people around a row, and the scale on which they vary: 'l' logit, 'e' log, 'x' linear
SPREAD = dict(amygdala_threshold=(.30, 'l'), vagal_tone=(.40, 'l'), regulation=(.40, 'l'), template=(.20, 'x'), integration=(.60, 'x'),
              vigilance=(.30, 'e'), need=(.40, 'l'), reward_dependence=(.40, 'l'), deactivation=(.50, 'l'), fear=(.30, 'l'),
              interoception=(.40, 'l'), temper=(.20, 'x'), standard=(.10, 'x'), wanted=(.40, 'l'), cordial=(.35, 'x'))
ROWS = {
    #                thr  vag  reg  tmpl  int  vig  need dep  deac fear inter temper stand wanted cordial
    'secure':       (.55, .60, .75, .30, 3.5, .04, .50, .15, .12, .02, .85, .20, -.2, .60, .10),
    'anxious':      (.42, .40, .50, -.25, 1.7, .08, .80, .50, .05, .05, .75, .00, -.05, .75, -.05),
    'avoidant':     (.55, .45, .60, -.20, 1.7, .05, .40, .12, .65, .05, .88, .05, -.15, .35, -.05),
    'disorganised': (.42, .30, .35, -.40, 1.9, .10, .80, .40, .45, .60, .70, -.05, -.2, .50, .00),
    'scanner':      (.38, .45, .55, -.20, 1.9, .15, .65, .30, .08, .05, .80, .00, -.15, .65, .00),
    'dependent':    (.45, .40, .50, -.10, 2.5, .08, .85, .80, .04, .03, .70, -.05, -.2, .80, .05),
    'withdrawer':   (.48, .45, .55, -.30, 2.1, .06, .50, .15, .68, .15, .88, .05, -.15, .30, -.05),
    'merger':       (.50, .40, .45, .00, 2.6, .07, .85, .50, .03, .02, .25, .00, -.2, .85, .05),
}
INSECURE = [k for k in ROWS if k != 'secure']


def free(v, kind): return np.log(v / (1 - v)) if kind == 'l' else np.log(v) if kind == 'e' else v
def bound(v, kind): return core.logistic(v) if kind == 'l' else np.exp(v) if kind == 'e' else v


def middle(name): return np.array([free(v, SPREAD[f][1]) for f, v in zip(FIELDS, ROWS[name])])


def people(a, b, rng, spread=1.):
    """a, b: lists of names, couple by couple -> (15, 2, n)."""
    mid = np.stack([np.stack([middle(x) for x in a], 1), np.stack([middle(x) for x in b], 1)], 1)
    sd = np.array([SPREAD[f][0] for f in FIELDS])[:, None, None]
    v = mid + spread * sd * rng.standard_normal(mid.shape)
    return np.stack([bound(x, SPREAD[f][1]) for f, x in zip(FIELDS, v)])


def population(n, rng, reach=.35):
    """Continuous anxiety and avoidance (sd 1, r .2); loadings are the rows' distances from secure, shrunk by `reach`."""
    anx = rng.standard_normal((2, n)); avo = .2 * anx + .98 * rng.standard_normal((2, n))
    s, a, v = (middle(k)[:, None, None] for k in ('secure', 'anxious', 'avoidant'))
    sd = np.array([SPREAD[f][0] for f in FIELDS])[:, None, None]
    x = s + reach * ((a - s) * (anx + .8) + (v - s) * (avo + .8)) + sd * rng.standard_normal((len(FIELDS), 2, n))
    return np.stack([bound(u, SPREAD[f][1]) for f, u in zip(FIELDS, x)]), anx, avo
