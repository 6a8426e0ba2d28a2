"""What of a traced coupling depends on what: inputs that reach outputs, past a cut or not."""


def places(program, prefix):
    """Places of the outputs whose names begin so."""
    return {place for name, place in program.outputs.items() if name.startswith(prefix)}


def reached(program, roots, cut):
    """Names of the inputs on which the values at ``roots`` depend, without passing ``cut``."""
    todo, seen, names = [r for r in roots if r not in cut], set(), set()
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        node = program.nodes[place]
        if node.opcode == "input":
            names.add(node.value)
        todo += [operand for operand in node.operands if operand not in cut]
    return names
