"""The compiled engine: a kernel generated from ``exchange``, its cache, and what drives it."""
