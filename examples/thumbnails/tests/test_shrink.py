import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import shrink
import virga


class Shrink(unittest.TestCase):
    def test_an_upload_appears_small(self):
        virga.local.reset()
        picture = shrink.encode(128, 64, 3, [bytearray([200, 100, 0] * 64 + [0, 100, 200] * 64)] * 64)
        virga.local.objects["uploads", "raw/a.png"] = picture
        shrink.handler({"events": [{"eventName": "ObjectCreated:PutObject",
                                    "oss": {"bucket": {"name": "b"}, "object": {"key": "raw/a.png"}}}]})
        width, height, channels, rows = shrink.decode(virga.local.objects["small", "a-64.png"])
        self.assertEqual((width, height, channels), (64, 32, 3))
        self.assertEqual((bytes(rows[0][:3]), bytes(rows[0][-3:])), (b"\xc8\x64\x00", b"\x00\x64\xc8"))

    def test_every_filter_is_undone(self):
        rows = shrink.unfilter(b"\x01\x05\x01" b"\x02\x01\x01" b"\x03\x02\x02" b"\x04\x01\x01", 2, 4, 1)
        self.assertEqual([list(r) for r in rows], [[5, 6], [6, 7], [5, 8], [6, 9]])


if __name__ == "__main__":
    unittest.main()
