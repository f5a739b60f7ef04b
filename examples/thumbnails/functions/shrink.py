"""Reads a PNG, writes smaller ones. Plain Python, for 8-bit pictures without a palette and interlacing."""

import os
import struct
import zlib

import virga

CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}      # colour type → bytes per pixel


@virga.task
def handler(picture):
    width, height, channels, pixels = decode(virga.Bucket("uploads").get(picture["key"]))
    small = virga.Bucket("small")
    for wanted in (int(w) for w in os.environ.get("WIDTHS", "64").split(",")):
        wanted = min(wanted, width)
        size = (wanted, max(1, height * wanted // width))
        key = picture["key"].removeprefix("raw/").removesuffix(".png")
        small.put(f"{key}-{wanted}.png", encode(*size, channels, scale(width, height, channels, pixels, *size)), "image/png")


def decode(data):
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("not a PNG")
    at, body = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        chunk = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", chunk)
            if depth != 8 or colour not in CHANNELS or interlace:
                raise ValueError("only 8-bit pictures without a palette and interlacing")
        elif kind == b"IDAT":
            body += chunk
        at += 12 + length
    channels = CHANNELS[colour]
    return width, height, channels, unfilter(zlib.decompress(body), width * channels, height, channels)


def unfilter(raw, stride, height, step):
    rows, before = [], bytearray(stride)
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            left = row[x - step] if x >= step else 0
            up, corner = before[x], before[x - step] if x >= step else 0
            guess = left + up - corner
            paeth = min((left, up, corner), key=lambda v: abs(guess - v))
            row[x] = (row[x] + (0, left, up, (left + up) // 2, paeth)[kind]) & 255
        rows.append(row)
        before = row
    return rows


def scale(width, height, channels, rows, w, h):
    """Each new pixel is the mean of the old ones under it."""
    result = []
    for y in range(h):
        top, bottom = y * height // h, max((y + 1) * height // h, y * height // h + 1)
        row = bytearray()
        for x in range(w):
            left, right = x * width // w, max((x + 1) * width // w, x * width // w + 1)
            for c in range(channels):
                values = [rows[j][i * channels + c] for j in range(top, bottom) for i in range(left, right)]
                row.append(sum(values) // len(values))
        result.append(row)
    return result


def encode(width, height, channels, rows):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    colour = next(k for k, v in CHANNELS.items() if v == channels)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + bytes(r) for r in rows))) + chunk(b"IEND", b""))
