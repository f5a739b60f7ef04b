"""The code that std.queue_worker ships: nothing is lost, and what cannot be put back stays."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "stdlib" / "redrive"))
import redrive


class Queue:
    def __init__(self, *bodies, full=False):
        self.messages, self.full = list(enumerate(bodies)), full

    def take(self):
        return [(body, receipt) for receipt, body in self.messages[:redrive.AT_ONCE]]

    def send(self, body):
        if self.full:
            raise OSError("full")
        self.messages.append((len(self.messages), body))

    def remove(self, receipt):
        self.messages = [m for m in self.messages if m[0] != receipt]


class Redrive(unittest.TestCase):
    def test_everything_is_put_back_in_order(self):
        rejected, work = Queue(*range(25)), Queue()
        self.assertEqual(redrive.move(rejected, work), 25)
        self.assertEqual([body for _, body in work.messages], list(range(25)))
        self.assertEqual(rejected.messages, [])

    def test_what_cannot_be_put_back_stays(self):
        rejected = Queue("a", "b")
        with self.assertRaises(OSError):
            redrive.move(rejected, Queue(full=True))
        self.assertEqual(len(rejected.messages), 2)

    def test_an_empty_queue_is_no_work(self):
        self.assertEqual(redrive.move(Queue(), Queue()), 0)

    def test_a_message_of_simple_message_queue_is_read(self):
        queue = redrive.Mns("http://1.mns.cn-hangzhou.aliyuncs.com/queues/q")
        queue._call = lambda method, query: (
            b'<?xml version="1.0"?><Messages xmlns="http://mns.aliyuncs.com/doc/v1/"><Message><MessageId>5</MessageId>'
            b"<ReceiptHandle>1-ab</ReceiptHandle><MessageBody>aGk=</MessageBody></Message></Messages>")
        self.assertEqual(queue.take(), [("aGk=", "1-ab")])


if __name__ == "__main__":
    unittest.main()
