import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "services"))
import preferences
import virga


class Preferences(unittest.TestCase):
    def test_what_was_written_is_read(self):
        virga.local.reset()
        self.assertEqual(preferences.handler({"user": "ada"}), {"favourites": []})
        preferences.handler(b'{"user": "ada", "favourites": ["orders", "balance"]}')
        self.assertEqual(preferences.handler({"user": "ada"}), {"favourites": ["orders", "balance"]})


if __name__ == "__main__":
    unittest.main()
