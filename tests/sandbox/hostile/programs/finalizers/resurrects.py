# expect: ok error memory_limit time_limit
# control: none: nothing to see outside
kept = []
class Undead:
    def __del__(self):
        kept.append(self)
        Undead()
Undead()
