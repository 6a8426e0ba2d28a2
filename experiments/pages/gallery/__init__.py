"""The gallery: figures that together tell the model, each from a small simulation of its own."""
