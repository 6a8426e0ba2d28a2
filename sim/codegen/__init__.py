"""A small compiler: traces functions of named tuples and prints them in other languages."""
