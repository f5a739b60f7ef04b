import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import report
import virga


class Report(unittest.TestCase):
    def test_the_letter_has_a_line_per_product(self):
        virga.local.reset()
        virga.local.configs["limits"] = '{"low": 10}'
        virga.Table("sales").put({"day": "2026-11-20", "product": "tea"}, {"count": 12})
        report.handler({"triggerName": "clock", "triggerTime": "", "payload":
                        '{"day": "2026-11-20", "products": ["tea", "coffee"]}'})
        self.assertEqual(virga.local.sent, [("letters.sender", {"text": "Sales of 2026-11-20\ntea: 12\ncoffee: 0 (low)"})])


if __name__ == "__main__":
    unittest.main()
