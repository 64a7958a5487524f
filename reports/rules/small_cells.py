"""Which cells of a table must be hidden so that nobody is recognized in a sum.

A cell is a part of a whole: so many women of so many registered. It may be shown where the part and its complement
hold five or more. Hiding only those is not enough: where a total is shown beside all other cells, subtraction gives
the hidden one away, so further cells are hidden (contract: Cohorts; the usual complementary suppression of
statistical offices)."""

from fractions import Fraction

LEAST = 5


def may_be_shown(part, whole):
    """Both the part and its complement hold five or more."""
    return part >= LEAST and whole - part >= LEAST


def hidden_cells(cells, sums):
    """The keys of the cells to hide.

    `cells`: {key: (part, whole)}. `sums`: (key of a total, [keys of the cells that add up to it]) for every such
    relation that a reader can know of. Afterwards no hidden cell can be computed from those shown, and hidden cells
    that are given away as a sum hold, together, five or more on both sides, wherever there is anything left to
    hide."""
    hidden = {key for key, cell in cells.items() if not may_be_shown(*cell)}
    while True:
        leaks = [relation for relation in sums if _leaks(relation, cells, hidden)] or _leaks_together(sums, hidden)
        found = {_next_to_hide(relation, cells, hidden) for relation in leaks} - {None}
        if not found:
            return hidden
        hidden |= found


def _leaks(relation, cells, hidden):
    """Whether a relation by itself gives a hidden cell away, or a sum of hidden cells that is too small."""
    total, parts = relation
    unknown = [key for key in parts if key in hidden]
    if total in hidden:
        return not unknown
    return len(unknown) == 1 or (bool(unknown) and not _hold_enough(cells, unknown))


def _leaks_together(sums, hidden):
    """The relations of cells that several relations together give away."""
    computable = _computable(sums, hidden)
    return [(total, parts) for total, parts in sums if computable & {total, *parts}]


def _hold_enough(cells, keys):
    return may_be_shown(sum(cells[key][0] for key in keys), sum(cells[key][1] for key in keys))


def _next_to_hide(relation, cells, hidden):
    """The smallest part that is still shown, else the total, else None."""
    total, parts = relation
    shown = [key for key in parts if key not in hidden]
    if shown:
        return min(shown, key=lambda key: (cells[key][1], str(key)))
    return total if total not in hidden else None


def _computable(sums, hidden):
    """Hidden cells with one possible value only: solve the relations for what is hidden."""
    solved = {}  # pivot → {unknown: coefficient}, each with its pivot in no other row
    for total, parts in sums:
        row = {key: Fraction(-1) for key in parts if key in hidden}
        if total in hidden:
            row[total] = row.get(total, Fraction(0)) + 1
        for pivot in [key for key in row if key in solved]:
            _subtract(row, solved[pivot], row[pivot])
        row = {key: factor for key, factor in row.items() if factor}
        if not row:
            continue
        pivot, leading = next(iter(row.items()))
        row = {key: factor / leading for key, factor in row.items()}
        for other in solved.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        solved[pivot] = row
    return {pivot for pivot, row in solved.items() if len(row) == 1}


def _subtract(row, other, times):
    """row −= times × other, in place; what becomes zero disappears."""
    for key, factor in other.items():
        left = row.get(key, Fraction(0)) - times * factor
        if left:
            row[key] = left
        else:
            row.pop(key, None)
