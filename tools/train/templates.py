# SPDX-License-Identifier: GPL-3.0-or-later
"""templates.py N [SEED]: N different sentences of news, wholly marked, from the tables in news/.

News begins with a verb, and a verb without its vowels is often a noun: قتل, بحث, عين, وقع. Little marked text shows that, so
the tables make it: verb, subject, object, place and time, each rightly inflected. What they say need not make sense.
"""
import os
import random
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "news")
SUN = "تثدذرزسشصضطظلن"
FATHA, DAMMA, KASRA, SUKUN, SHADDA = "\u064e", "\u064f", "\u0650", "\u0652", "\u0651"
SHORT = {"nominative": DAMMA, "accusative": FATHA, "genitive": KASRA}
TANWIN = {"nominative": "\u064c", "accusative": "\u064b", "genitive": "\u064d"}


def rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]


def with_article(word):
    if word[0] in SUN:
        return "ال" + word[0] + SHADDA + word[1:]
    return ("الِ" if word[0] == "ا" else "الْ") + word


def ending(stem, case, indefinite):
    if not indefinite:
        return stem + SHORT[case]
    return stem + TANWIN[case] + ("ا" if case == "accusative" and stem[-1] not in "ةء" else "")


def decline(stem, kind, case, state):
    """state: d with the article, i without, c construct."""
    oblique = case != "nominative"
    if kind == "p":
        word = stem + ("ِينَ" if oblique else "ُونَ")
    elif kind == "u":
        word = stem + ("َيْنِ" if oblique else "َانِ")
    elif kind == "f":
        word = ending(stem + "َات", "genitive" if oblique else case, False)
        if state == "i":
            word = word[:-1] + TANWIN["genitive" if oblique else case]
    elif kind == "d" and state == "i":
        word = stem + (FATHA if oblique else DAMMA)
    else:
        word = ending(stem, case, state == "i")
    return with_article(word) if state == "d" else word


class Phrase:
    def __init__(self, row, chance):
        _, self.stem, self.kind, self.gender, self.state, self.rest = row
        if self.state == "b":
            self.state = chance.choice("di")

    def say(self, case):
        word = decline(self.stem, "t" if self.kind == "n" else self.kind, case, self.state)
        if self.rest.startswith("+"):
            feminine = self.gender == "f"
            return word + " " + decline(self.rest[1:] + ("َة" if feminine else ""), "t", case, self.state)
        return word if self.rest == "-" else word + " " + self.rest


def feminine(perfect):
    return perfect[:-2] + "َتْ" if perfect.endswith("َى") else perfect + "تْ"


def subjunctive(imperfect):
    if imperfect.endswith(DAMMA):
        return imperfect[:-1] + FATHA
    return imperfect + (FATHA if imperfect.endswith("ِي") else "")


class Author:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.verbs, self.nouns, self.phrases = rows("verbs.tsv"), {}, {}
        for row in rows("nouns.tsv"):
            self.nouns.setdefault(row[0], []).append(row)
        for kind, phrase in rows("phrases.tsv"):
            self.phrases.setdefault(kind, []).append(phrase)

    def maybe(self, kind, share=0.75):
        return self.chance.choice(self.phrases[kind]) if self.chance.random() < share else ""

    def subject(self, who):
        gender = self.chance.choice(who)
        return Phrase(self.chance.choice([row for row in self.nouns["subject"] if row[3] == gender.lower()]), self.chance)

    def tensed(self, perfect, imperfect, is_feminine):
        """The verb, and a time that goes with it."""
        if imperfect == "-" or self.chance.random() < 0.75:
            return feminine(perfect) if is_feminine else perfect, self.maybe("time")
        return "سَ" + ("ت" + imperfect[1:] if is_feminine else imperfect), self.maybe("future")

    def wished(self, before, imperfect, is_feminine):
        verb = "ت" + imperfect[1:] if is_feminine else imperfect
        return self.chance.choice(self.phrases[before]) + " " + subjunctive(verb)

    def passive(self, verb, thing, cause):
        _, _, _, perfect, imperfect, _, what = verb
        is_feminine, way = thing.gender == "f", self.chance.random()
        if way < 0.15:
            verb = self.wished("before passive", imperfect, is_feminine)
            return verb, thing.say("nominative"), self.maybe("place"), self.maybe("future")
        if way < 0.25 and what not in ("people", "goods"):  # behind its plural the verb would be in the plural
            said = feminine(perfect) if is_feminine else perfect
            return self.maybe("lead", 1), thing.say("accusative"), said, cause, self.maybe("time")
        said, when = self.tensed(perfect, imperfect, is_feminine)
        cause = "" if said.startswith("سَ") else cause
        return said, thing.say("nominative"), cause, self.maybe("place"), when

    def active(self, verb, thing, cause):
        _, perfect, imperfect, _, _, who, _ = verb
        subject, way = self.subject(who), self.chance.random()
        is_feminine = subject.gender == "f"
        if way < 0.12:
            verb = self.wished("before", imperfect, is_feminine)
            return verb, subject.say("nominative"), thing.say("accusative"), self.maybe("place"), self.maybe("future")
        if way < 0.25:
            said = feminine(perfect) if is_feminine else perfect
            return self.maybe("lead", 1), subject.say("accusative"), said, thing.say("accusative"), cause
        if way < 0.3:
            said = "ت" + imperfect[1:] if is_feminine else imperfect
            return subject.say("nominative"), said, thing.say("accusative"), self.maybe("place")
        said, when = self.tensed(perfect, imperfect, is_feminine)
        cause = "" if said.startswith("سَ") else cause
        return said, subject.say("nominative"), thing.say("accusative"), cause, self.maybe("place"), when

    def with_object(self, verb):
        thing = Phrase(self.chance.choice(self.nouns[verb[6]]), self.chance)
        violent = verb[6] in ("people", "place", "attack") and self.chance.random() < 0.3
        cause = self.maybe("violence" if violent else "cause", 0.5)
        return (self.passive if verb[3] != "-" and self.chance.random() < 0.4 else self.active)(verb, thing, cause)

    def with_rest(self, verb):
        subject = self.subject(verb[5])
        said, when = self.tensed(verb[1], verb[2], subject.gender == "f")
        return said, subject.say("nominative"), self.chance.choice(verb[6].split("|")), self.maybe("place"), when

    def without_subject(self, verb):
        said = verb[3] if self.chance.random() < 0.7 else "سَ" + verb[4]
        return said, self.chance.choice(verb[6].split("|")), self.maybe("place")

    def whole(self, verb):
        return verb[1], self.chance.choice(verb[6].split("|")), self.maybe("place"), self.maybe("time")

    def sentence(self):
        frames = {"object": self.with_object, "rest": self.with_rest, "impersonal": self.without_subject, "whole": self.whole}
        frame = self.chance.choices(list(frames), (75, 15, 4, 6))[0]
        verb = self.chance.choice([row for row in self.verbs if row[0] == frame])
        return " ".join(part for part in frames[frame](verb) if part) + "."


def sentences(count, seed=7):
    author, seen = Author(seed), {}
    while len(seen) < count:
        seen[author.sentence()] = True
    return list(seen)


if __name__ == "__main__":
    print("\n".join(sentences(int(sys.argv[1]), *map(int, sys.argv[2:3]))))
