"""Baskets in the memory of the one container: gone when it starts anew, and unknown to any second one."""


class Baskets:
    def __init__(self):
        self.held = {}

    def of(self, session):
        return list(self.held.get(session, []))

    def add(self, session, product):
        self.held.setdefault(session, []).append(product)
        return self.of(session)

    def clear(self, session):
        self.held.pop(session, None)
