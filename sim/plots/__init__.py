"""Every drawing function, and the one style."""
