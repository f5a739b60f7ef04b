import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import scale
import virga


class Gallery(unittest.TestCase):
    def setUp(self):
        virga.local.reset()
        os.environ["WIDTHS"] = "2,100"

    def test_a_picture_becomes_small(self):
        virga.Bucket("gallery.originals").put("a.ppm", scale.encode(4, 2, bytes(range(24))))
        self.assertEqual(scale.handler({"key": "a.ppm"}), ["a-2.ppm", "a-4.ppm"])
        self.assertEqual(scale.decode(virga.Bucket("gallery.pictures").get("a-2.ppm"))[:2], (2, 1))

    def test_what_is_no_picture_fails(self):
        virga.Bucket("gallery.originals").put("a.ppm", b"P6\n4 2\n255\nshort")
        with self.assertRaises(ValueError):
            scale.handler({"key": "a.ppm"})


if __name__ == "__main__":
    unittest.main()
