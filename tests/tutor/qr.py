"""A reader of QR codes (ISO/IEC 18004, versions 2 to 4 at level M), apart from the writer."""

import re

# Version: error correction codewords a block, blocks (table 9), middle of the alignment pattern.
LAYOUT = {2: (16, 1, 18), 3: (26, 1, 22), 4: (18, 2, 26)}
MASKS = [
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
]


def modules(svg):
    """Return the dark modules of a drawing as rows of booleans, without the quiet zone."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    steps = re.search(r'stroke="#000" d="([^"]+)"', svg)[1]
    dark, x, y = set(), 0, 0
    for word, dx, dy in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", steps):
        if word == "h":
            dark |= {(int(y), x + n) for n in range(int(dx))}
            x += int(dx)
        elif word == "m":
            x, y = x + int(dx), y + int(dy)
        else:
            x, y = int(dx), float(dy)
    assert min(dark) == (4, 4)  # four modules of quiet all around
    return [[(r, c) in dark for c in range(4, size - 4)] for r in range(4, size - 4)]


def read(grid):
    """Return the text of a code; fail where it is none or its error correction is wrong."""
    size = len(grid)
    version = (size - 17) // 4
    form = [grid[8][c] for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [
        grid[r][8] for r in (7, *range(5, -1, -1))
    ]
    again = [grid[r][8] for r in range(size - 1, size - 8, -1)] + grid[8][size - 8 :]
    assert form == again and grid[size - 8][8]
    number = int("".join("01"[bit] for bit in form), 2) ^ 0b101010000010010
    assert number >> 13 == 0b00  # level M
    words = _codewords(grid, version, MASKS[number >> 10 & 7])
    check, blocks, _ = LAYOUT[version]
    dealt = [words[block::blocks] for block in range(blocks)]
    assert all(_sound(block, check) for block in dealt)
    bits = "".join(f"{word:08b}" for block in dealt for word in block[:-check])
    assert bits[:4] == "0100"  # bytes
    count = int(bits[4:12], 2)
    return bytes(int(bits[12 + 8 * n : 20 + 8 * n], 2) for n in range(count)).decode()


def _codewords(grid, version, mask):
    size, middle = len(grid), LAYOUT[version][2]

    def taken(r, c):
        finder = (r < 9 and (c < 9 or c >= size - 8)) or (r >= size - 8 and c < 9)
        return finder or 6 in (r, c) or max(abs(r - middle), abs(c - middle)) <= 2

    bits, up = "", True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for r in range(size - 1, -1, -1) if up else range(size):
            for c in (right, right - 1):
                if not taken(r, c):
                    bits += "01"[grid[r][c] ^ mask(r, c)]
        up = not up
    return [int(bits[n : n + 8], 2) for n in range(0, len(bits) - 7, 8)]


def _sound(block, check):
    """Whether the Reed-Solomon syndromes of a block are all nothing: GF(256) over 0x11D."""
    power = [1]
    for _ in range(254):
        power.append(power[-1] << 1 ^ (0x11D if power[-1] & 0x80 else 0))
    log = {value: n for n, value in enumerate(power)}
    for root in range(check):
        total = 0
        for word in block:
            total = word ^ (power[(log[total] + root) % 255] if total else 0)
        if total:
            return False
    return True
