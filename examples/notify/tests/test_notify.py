import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import fetch


class Import(unittest.TestCase):
    def test_a_clock_names_the_source(self):
        event = {"triggerName": "hourly", "payload": '{"source": "hourly"}'}
        self.assertEqual(fetch.handler(event), {"imported": "hourly"})
        self.assertEqual(fetch.handler({"source": "hourly"}), {"imported": "hourly"})

    def test_without_one_it_fails(self):
        with self.assertRaises(ValueError):
            fetch.handler({"other": 1})


if __name__ == "__main__":
    unittest.main()
