"""The gates: what the second core must show before it may carry claims, measured with intervals."""
