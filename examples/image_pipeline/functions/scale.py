"""Reads a PPM (P6, 8 bits), writes smaller ones."""

import os

import virga


@virga.task
def handler(picture):
    width, height, pixels = decode(virga.Bucket("gallery.originals").get(picture["key"]))
    out = virga.Bucket("gallery.pictures")
    names = []
    for wanted in (int(w) for w in os.environ.get("WIDTHS", "64").split(",")):
        w = min(wanted, width)
        h = max(1, height * w // width)
        names.append(f"{picture['key'].removesuffix('.ppm')}-{w}.ppm")
        out.put(names[-1], encode(w, h, scale(width, height, pixels, w, h)), "image/x-portable-pixmap")
    return names


def decode(data):
    magic, size, depth, pixels = data.split(b"\n", 3)
    width, height = (int(n) for n in size.split())
    if magic != b"P6" or depth != b"255" or len(pixels) != width * height * 3:
        raise ValueError("not a PPM of 8 bits")
    return width, height, pixels


def scale(width, height, pixels, w, h):
    """The nearest pixel: enough for an example."""
    row = lambda y: b"".join(pixels[(y * width + x * width // w) * 3:][:3] for x in range(w))
    return b"".join(row(y * height // h) for y in range(h))


def encode(width, height, pixels):
    return b"P6\n%d %d\n255\n" % (width, height) + pixels
