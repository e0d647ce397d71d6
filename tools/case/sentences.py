# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences of news with a number phrase whose case is known by how they are built: verbs by what they take, subjects
and objects in all orders, with what may stand between them. What they say need not make sense."""
import os
import random

from verdicts import ROOT
from vocabulary import (AMOUNTS, ASIDE, ATTEND, BUILDINGS, CLAUSES, COME, DOERS, EVENTS, GATHERINGS, HAPPEN, HEADS,
                        HIT, HOLD, LAST, MAKE, MANY, NAMES, OF_WHAT, OPEN, PEOPLE, PLACE, PLACES, QUALITIES, REST,
                        SOME, TAKE, THAT, THINGS, TIME, TIMES)

NOMINATIVE, ACCUSATIVE, GENITIVE = 0, 1, 2


def nouns_of_table(human):
    """singular/plural of the tables' nouns."""
    marks, found = {ord(c) for c in map(chr, range(0x64B, 0x653))}, []
    for line in open(os.path.join(ROOT, "data/nouns.tsv"), encoding="utf-8"):
        columns = line.rstrip("\n").translate(dict.fromkeys(marks)).split("\t")
        if line[0] != "#" and len(columns) > 4 and columns[2] != "-" and (columns[4] == "h") == human:
            plural = columns[2].split(";")[0]
            found.append(columns[1] + "/" + (plural[:-2] + "ين" if plural.endswith("ون") else plural))
    return sorted(set(found))


def verbs_of_table():
    """(perfect masculine, kind) of the verbs of data/verbs.tsv."""
    for line in open(os.path.join(ROOT, "data/verbs.tsv"), encoding="utf-8"):
        if line[0] != "#" and line.strip():
            verb, kind = line.rstrip("\n").split("\t")[:2]
            if "noun" not in kind:
                yield verb, kind


def same_passive(verbs):
    """Those whose passive has the same letters: not باع, أجرى, أنشأ."""
    return [v for v in verbs if not set(v.split("/")[0][1:]) & set("اأى")]


class Author:
    def __init__(self, seed):
        self.chance, self.table = random.Random(seed), list(verbs_of_table())
        self.more = {False: nouns_of_table(False), True: nouns_of_table(True)}

    def pick(self, words):
        return self.chance.choice(words)

    def maybe(self, words, share=0.4):
        return self.pick(words) if self.chance.random() < share else ""

    def noun(self, kind):
        """A number and what it counts."""
        if isinstance(kind, str):
            return kind
        if kind is AMOUNTS:
            return f"{self.pick((3, 5, 12, 20, 45, 100, 350))} {self.pick(AMOUNTS)}"
        word = self.pick(kind)
        if (word in THINGS or word in PEOPLE) and word.split("/")[0][-1] != "ة" and self.chance.random() < 0.4:
            new = self.pick(self.more[word in PEOPLE])
            word = word if new.split("/")[0][-1] == "ة" else new
        singular, plural = word.split("/")
        way = self.chance.random()
        if way < 0.45:
            return f"{self.chance.randint(3, 10)} {plural}"
        if way < 0.55:
            return self.pick(("20 ألف", "100 ألف", "3 آلاف", "7 آلاف", "5 ملايين", "12 مليون")) + " " + singular
        if way < 0.65:
            return f"{self.pick((100, 200, 1000, 3000))} {singular}"
        return f"{self.chance.randint(11, 99)} {singular}{'' if singular[-1] in 'ةىءا' else 'ا'}"

    def verb(self, verb, feminine, imperfect=0.3):
        perfect, present = verb.split("/") if "/" in verb else (verb, None)
        if present and self.chance.random() < imperfect:
            present = "ت" + present[1:] if feminine else present
            return self.pick(("", "", "س", "قد ")) + present
        if verb[0] == "ي" and "/" not in verb:
            return "ت" + verb[1:] if feminine else verb
        if not feminine:
            return perfect
        return perfect[:-1] + "ت" if perfect[-1] == "ى" else perfect + "ت"

    def place(self, share=1.0):
        """A phrase that says where or when, short or long."""
        if self.chance.random() > share:
            return ""
        if self.chance.random() < 0.5:
            return self.pick(PLACE)
        out = []
        for _ in range(self.pick((1, 1, 1, 2, 2, 3))):
            before = self.pick("""في من إلى على عبر قرب خلال داخل وسط أمام تحت منذ بعد قبل ضمن حول لدى باتجاه بسبب بفضل
                ضد مع""".split())
            gender, noun = self.pick(PLACES + GATHERINGS + BUILDINGS + HEADS).split(":")
            quality = self.pick(QUALITIES) + ("ة" if gender == "f" else "")
            if noun.startswith("ال"):
                noun += self.pick(("", " ال" + quality, f" ال{quality} " + self.pick(("لشؤون ", "في ",
                    "من ")) + self.pick(OF_WHAT)))
            elif " " not in noun:
                noun += " " + (self.pick(OF_WHAT) if self.chance.random() < 0.6 else quality)
            out.append(before + " " + noun)
        if self.chance.random() < 0.12:
            out.append(self.pick(("نظمته الدائرة", "التي تقع شرقا", "الذي دشن أمس", "التي شهدت قتالا",
                "الذي أصابه حريق", "أعدته الوزارة")))
        return " ".join(out)

    def between(self):
        """What may stand between a verb and what it governs."""
        return " ".join(filter(None, (self.maybe(TIME, 0.2), self.place(0.4), self.maybe(ASIDE + CLAUSES, 0.12))))

    def doer(self):
        """Is it feminine, and the words."""
        way = self.chance.random()
        gender, word = self.pick(DOERS if way < 0.4 else HEADS if way < 0.65 else NAMES if way < 0.8 else SOME).split(":")
        feminine, quality = gender == "f", ""
        if self.chance.random() < 0.3 and not 0.65 <= way < 0.8:
            quality = self.pick(QUALITIES) + ("ة" if feminine else "")
            quality = " " + ("ال" if way < 0.65 else "") + quality
        if 0.4 <= way < 0.65:
            word += " " + self.pick(OF_WHAT)
        if way > 0.8 or word.startswith("ال") or 0.4 <= way < 0.65:
            word += quality
        return feminine, word + self.maybe(CLAUSES, 0.06)

    def plural_verb(self, verb):
        perfect, present = verb.split("/") if "/" in verb else (verb, None)
        if present and self.chance.random() < 0.4:
            return (present[:-1] if present[-1] in "يىو" else present) + "ون"
        return (perfect[:-1] if perfect[-1] in "ىي" else perfect) + "وا"

    def act(self):
        """A verb with its object's nouns, by its meaning or out of the table."""
        way = self.chance.random()
        if way < 0.4:
            return self.pick(MAKE), THINGS
        if way < 0.65:
            return self.pick(TAKE), PEOPLE
        return self.pick([v for v, kind in self.table if kind in ("transitive", "either")]), self.pick((THINGS, PEOPLE))

    # ---- the patterns: (words before the number, its noun, words behind it, its case) ----

    def verb_subject_object(self):
        (feminine, who), (verb, nouns) = self.doer(), self.act()
        if self.chance.random() < 0.15:
            feminine, who = False, self.pick(MANY)
        if self.chance.random() < 0.15:
            verb = self.pick(("و", "ف", "، و")) + self.verb(verb, feminine, 0)
            return (self.maybe(["وصل المبلغ", "انتهت الجلسة", ""], 0.5), verb, who, self.between()), nouns, self.rest(), ACCUSATIVE
        return (self.maybe(OPEN, 0.25), self.verb(verb, feminine), self.maybe(TIME, 0.1), who,
            self.between()), nouns, self.rest(), ACCUSATIVE

    def subject_verb_object(self):
        (feminine, who), (verb, nouns) = self.doer(), self.act()
        if self.chance.random() < 0.2:
            lead = self.pick(("", self.maybe(THAT, 0.7)))
            return (lead, self.pick(MANY), self.pick(("الذين ", "", "")) + self.plural_verb(verb),
                self.between()), nouns, self.rest(), ACCUSATIVE
        if self.chance.random() < 0.15:
            who += " " + self.pick(("وزعت في عرس", "عثر عليها أمس", "ضبطت في الميناء") if feminine else ("وصل أمس",
                "اندلع ليلا", "فقد ذاكرته"))
        return (self.maybe(THAT, 0.6), who, self.verb(verb, feminine), self.between()), nouns, self.rest(), ACCUSATIVE

    def relative(self):
        (feminine, who), (verb, nouns) = self.doer(), self.act()
        which = "التي" if feminine else "الذي"
        begin = self.verb(self.pick(COME), feminine, 0.2)
        return (begin, who, which, self.verb(verb, feminine), self.between()), nouns, self.rest(), ACCUSATIVE

    def second_verb(self):
        (feminine, who), (verb, nouns), (second, more) = self.doer(), self.act(), self.act()
        first = self.verb(verb, feminine, 0)
        noun = self.pick(("المنزل", "الطريق", "المشروع", "عددا من السكان", "الموقع"))
        join = self.pick((" و", " و", " ثم ", " ف", "، و"))
        return (first, who, noun, self.between() + join + self.verb(second, feminine, 0),
            self.between()), more, self.rest(), ACCUSATIVE

    def passive(self):
        verb, nouns = self.pick(((self.pick(same_passive(MAKE)), THINGS), (self.pick(same_passive(TAKE)), PEOPLE)))
        feminine = nouns is THINGS and self.chance.random() < 0.3
        nouns = [n for n in THINGS if n.split("/")[0].endswith("ة")] if feminine else nouns
        lead = self.pick((self.maybe(OPEN, 0.3), self.pick(PLACE[:7]), "من المتوقع أن", ""))
        said = self.verb(verb, feminine, 1 if lead.endswith("أن") else 0.3)
        if lead.endswith("أن"):
            said = said.removeprefix("قد ").removeprefix("س") if said.startswith(("سي", "ست", "قد ")) else said
        lead = self.pick(TIME[6:15]) if self.chance.random() < 0.1 else lead
        nouns = TIMES[1:3] if feminine and self.chance.random() < 0.1 else nouns
        return (lead, said, self.place(0.6), self.maybe(ASIDE + CLAUSES,
            0.08)), nouns, self.pick(REST[:1] + REST[2:4] + REST[-4:]), NOMINATIVE

    def come(self):
        people = self.chance.random() < 0.55
        verb = self.pick(COME if people else HAPPEN)
        if self.chance.random() < 0.35:
            verb = self.pick([v for v, kind in self.table if kind == "intransitive"])
        feminine = not people and self.chance.random() < 0.5
        place = " ".join(filter(None, (self.maybe(TIME, 0.2), self.place(0.8), self.maybe(ASIDE + CLAUSES, 0.08))))
        lead = self.pick((self.maybe(OPEN, 0.4), self.pick(PLACE[:7]), ""))
        return (lead, self.verb(verb, feminine), place), PEOPLE if people else THINGS + EVENTS, self.rest(), NOMINATIVE

    def object_subject(self):
        """ضربت المنطقة 20 هزة, زار المعرض 20 ألف زائر"""
        hit = self.chance.random() < 0.4
        noun = self.pick(PLACES if hit else PLACES + GATHERINGS + BUILDINGS).split(":")[1]
        feminine = hit and self.chance.random() < 0.5
        return (self.maybe(OPEN, 0.25), self.verb(self.pick(HIT if hit else ATTEND + ["بلغ/يبلغ", "وصل/يصل"]), feminine), self.maybe(TIME, 0.1),
            noun,
                self.between()), EVENTS if hit else PEOPLE, self.rest(), NOMINATIVE

    def object_in_verb(self):
        pronoun, people = self.pick(("ها", "ه", "هم")), self.chance.random() < 0.7
        noun = self.pick(("أقيمت ندوة", "وقع حادث", "في مبنى", "شاهدوا مباراة", "في جلسة", "عقد لقاء"))
        feminine = not people and self.chance.random() < 0.5
        verb = self.verb(self.pick(ATTEND if people else HIT + ["أرهق/يرهق", "دمر/يدمر"]), feminine).replace("قد ",
            "") + pronoun
        return (noun, verb, self.between()), PEOPLE if people else EVENTS, self.rest(), NOMINATIVE

    def subject_first(self):
        """فتح 3 مسلحين النار: the number's people do it, to what stands behind."""
        verb = self.pick([self.pick(MAKE), self.pick(ATTEND)])
        thing = self.pick(PLACES + GATHERINGS + BUILDINGS + """m:النار f:الأزمة m:القانون m:كمينا m:هدفا f:عريضة
            m:مطعما m:بيانا f:شركة""".split()).split(":")[1]
        lead = self.pick((self.maybe(OPEN, 0.5), self.pick(PLACE[:9]), ""))
        return (lead, self.verb(verb, False, 0.5), self.maybe(TIME, 0.15)), \
            PEOPLE if self.chance.random() < 0.9 else self.pick(("10 منهم",
                "3 من بينهم")), thing + " " + self.rest(), NOMINATIVE

    def hold(self):
        gender, noun = self.pick(GATHERINGS + ["m:الوفد", "f:القائمة", "m:البرنامج", "m:العدد", "f:الخسائر",
            "m:المشروع"]).split(":")
        verb, feminine = self.pick(HOLD), gender == "f"
        words = (self.maybe(OPEN, 0.2), self.verb(verb, feminine), noun) if self.chance.random() < 0.6 else \
            (noun, self.verb(verb, feminine), self.maybe(TIME, 0.2))
        return (*words, self.between()), self.pick((THINGS, PEOPLE, AMOUNTS, TIMES)), self.rest(), ACCUSATIVE

    def last(self):
        feminine, who = self.doer()
        words = (self.verb(self.pick(LAST + COME), feminine), who) if self.chance.random() < 0.5 else \
            (who, self.verb(self.pick(LAST + COME), feminine))
        return (*words, self.maybe(PLACE, 0.5)), TIMES, self.rest(), ACCUSATIVE

    def distance(self):
        way, (feminine, who) = self.chance.random(), self.doer()
        verb = self.pick("""سار/يسير مشى/يمشي قطع/يقطع ركض/يركض ابتعد/يبتعد تقدم/يتقدم تراجع/يتراجع ارتفع/يرتفع
            انخفض/ينخفض هبط/يهبط زاد/يزيد""".split())
        words = (self.verb(verb, feminine), who) if way < 0.5 else (self.pick(MANY),
            self.plural_verb(verb)) if way < 0.8 else \
            ("على", "خفض", "ثمن البنزين") if way < 0.9 else ("إلى", "رفع", "الحد الأدنى")
        return (*words, self.maybe(TIME, 0.15)), self.pick(("كيلومترا", "مترا", "فلسا", "درجة", "نقاط",
            "خطوة")).join((self.pick(("5 ", "12 ", "20 ", "100 ")), "")), \
            self.rest(), ACCUSATIVE

    def nominal(self):
        lead = self.pick(("في القاعة", "وعلى متنها", "وبين القتلى", "لدى الشركة", "وفي المدينة", "هناك", "من بينها",
            "وفيها",
                          "ليس في القائمة", "وعددهم", "عدد الضحايا", "وله", "لدينا", "ومن هؤلاء", "أمام المنتخب",
                              "على الطاولة"))
        return (lead, self.maybe(TIME, 0.1)), self.pick((PEOPLE, THINGS)), self.rest(), NOMINATIVE

    def kana(self):
        if self.chance.random() < 0.5:
            return (self.pick(("كان", "كانت", "أصبح", "بات", "ظل", "ليس")), self.pick(PLACE[:8])), self.pick((PEOPLE,
                THINGS)), self.rest(), NOMINATIVE
        if self.chance.random() < 0.3:
            return (self.maybe(PLACE, 0.3), self.pick(("بعد أن كان", "وكان", "ليصبح", "كنا", "كانوا",
                "فكانت"))), self.pick((AMOUNTS, TIMES)), self.rest(), ACCUSATIVE
        noun = self.pick(("العدد", "عددهم", "الثمن", "سعره", "الفارق", "عمره", "طوله"))
        return (self.pick(("كان", "أصبح", "بات", "بعد أن كان")), noun), self.pick((PEOPLE, AMOUNTS,
            TIMES)), self.rest(), ACCUSATIVE

    def inna(self):
        return (self.pick(THAT), self.pick(PLACE[:8] + ["هناك", "لدى الشركة"])), self.pick((PEOPLE,
            THINGS)), self.rest(), ACCUSATIVE

    def participle(self):
        (feminine, who), _ = self.doer(), 0
        word = self.pick("محرز مخلف محقق مسجل قابض مضيف مدمر مستهدف موقع ناقل حامل مصيب متجاوز مطلق خاسر".split())
        return (self.verb(self.pick(COME), feminine), who, self.maybe(PLACE, 0.5) + self.pick(("،", "")),
            word + ("ة" if feminine else "ا"),
                self.between()), self.pick((THINGS, PEOPLE, AMOUNTS)), self.rest(), ACCUSATIVE

    def second_object(self):
        (feminine, who), (_, other) = self.doer(), self.doer()
        verb = self.pick("منح/يمنح أعطى/يعطي كلف/يكلف سلم/يسلم أهدى/يهدي حمل/يحمل غرم/يغرم أقرض/يقرض".split())
        return (self.verb(verb, feminine), who, other, self.maybe(TIME, 0.15)), self.pick((THINGS,
            AMOUNTS)), self.rest(), ACCUSATIVE

    def verbal_noun(self):
        (feminine, who) = self.doer()
        if self.chance.random() < 0.25:
            noun = self.pick("لاستقبال لبناء بتوقيع بإطلاق لشراء بمشاركة بحضور بعدم لإنقاذ باعتقال ببيع كبناء".split())
            return (self.verb(self.pick(COME), feminine), who, self.maybe(TIME, 0.2), noun), self.pick((THINGS,
                PEOPLE)), self.rest(), GENITIVE
        verb = self.verb(self.pick("أعلن/يعلن قرر/يقرر تعتزم/يعتزم أكد/يؤكد بدأ/يبدأ واصل/يواصل اقترح/يقترح".split()),
            feminine)
        noun = self.pick("""بناء ترميم إغلاق اعتقال إطلاق شراء بيع مقتل إصابة تدمير توقيع إنشاء افتتاح توزيع تسريح
            ترحيل تعيين إنقاذ إعدام""".split())
        return (verb, who, self.maybe(TIME, 0.2), noun), self.pick((THINGS, PEOPLE)), self.rest(), GENITIVE

    def topic(self):
        """طوله 9 أمتار, مبلغ مقداره 20 ألفا; but بلغ عددهم 20, البالغ عددها 20"""
        word = self.pick("""قدر قوة سمك حمولة سرعة عمق رأسمال ميزانية سكان درجة طول عرض عدد مقدار قيمة سعر وزن مساحة
            عمر ثمن مدة كلفة ارتفاع قطر نسبة طاقة""".split())
        word = (word[:-1] + "ت" if word.endswith("ة") else word) + self.pick(("ه", "ها",
            "هم" if word == "عدد" else "ه"))
        nouns, noun = self.pick((AMOUNTS, AMOUNTS, TIMES, PEOPLE)), self.pick(("مبلغا", "حوتا", "مساعدات", "سدا",
            "شحنة", "قافلة", "حفرة"))
        (feminine, who), way = self.doer(), self.chance.random()
        if way < 0.2:
            noun = self.pick(("بتعويض", "بفدية", "بغرامة", "زلزال", "زيادة", "أسلوب", "خزان", "برج", "على مبلغ", "هدنة",
                "رحلة", "بكلفة", "لعقد", "بقرض"))
            lead = self.pick((self.verb(self.pick(COME + HAPPEN), feminine) + " " + who, self.verb(self.pick(MAKE),
                feminine) + " " + who + " " + self.place(), "ضرب", "انتزع العمال"))
            return (lead, noun, word), nouns, self.rest(), NOMINATIVE
        if way < 0.5:
            verb, _ = self.act()
            return (self.verb(verb, feminine), who, self.maybe(PLACE, 0.3), noun, word), nouns, self.rest(), NOMINATIVE
        if way < 0.65:
            return (who, "البالغة" if feminine else "البالغ", self.pick((word, "من العمر",
                ""))), nouns, self.rest(), ACCUSATIVE
        begin = self.pick((self.pick(PLACES).split(":")[1] + " التي", noun, "الضحايا الذين", "الموظفون الذين",
            "قال إن المبنى"))
        return (begin, self.pick(("بلغ", "يبلغ", "بلغت", "تبلغ", "يتجاوز", "تجاوز", "فاق", "ناهز")),
            word), nouns, self.rest(), ACCUSATIVE

    def resumed(self):
        """مبنى يسكن فيه 20, التي يستقي منها 20, التي قتل فيها 20"""
        begin = self.pick(("المدينة التي", "المبنى الذي", "في حادث", "بعد معركة", "خلال مباراة", "الواحة التي",
            "عقد مؤتمرا", "جلسة",
                           "افتتح مخيما", "الجسر الذي", "السفينة التي", "محكمة"))
        verb = self.pick((self.pick(COME), self.pick(same_passive(TAKE)),
            self.pick("سكن/يسكن أقام/يقيم عمل/يعمل درس/يدرس".split())))
        pronoun = self.pick("فيه فيها منها منه عليها إليه بها عنده لها حولها خلالها بسببه".split())
        when = self.maybe("شتاء صيفا سنويا يوميا حاليا ليلا أمس".split(), 0.15)
        return (begin, self.verb(verb, False, 0.5).removeprefix("س"), pronoun, when), PEOPLE, self.rest(), NOMINATIVE

    def other_gender(self):
        """طاردت زوارق المهربين وأوقف منهم 3: the second verb does not agree with the subject of the first, and is passive."""
        women = [d for d in DOERS if d.startswith("f")]
        verb, _ = self.act()
        things = self.chance.random() < 0.4
        second = self.pick(same_passive(MAKE if things else TAKE))
        join = self.pick((" و", "، و", "، ف", "، كما ", "، فيما ", "، وقد "))
        noun = self.pick(("الموقع", "المهربين", "البلدة", "المتظاهرين", "المشروع", "القانون"))
        return (self.verb(verb, True, 0.2), self.pick(women).split(":")[1], noun,
            self.between() + join + self.verb(second, False, 0),
                self.pick((self.place(), "منهم", "من بينهم",
                    ""))), THINGS if things else PEOPLE, self.rest(), NOMINATIVE

    def passive_again(self):
        """أعفي المدير من منصبه، وأحيل 3 مفتشين على التقاعد; ارتفع عدد القتلى بينما فقد 3 آخرون"""
        first = self.pick(("أعفي المدير من منصبه", "قتل شخص", "أصيب العشرات", "دمر منزل", "أغلق الطريق",
            "ارتفع عدد القتلى إلى سبعة", "انهار المبنى", "توقف القتال"))
        verb = self.pick(same_passive(TAKE) + """أحيل/يحال فقد/يفقد أصيب/يصاب أجلي/يجلى اختير/يختار استدعي/يستدعى
            عثر/يعثر نقل/ينقل شرد/يشرد كلف/يكلف""".split())
        join = self.pick((" و", "، و", "، فيما ", " بينما ", "، كما ", "، ثم ", "، وقد "))
        nouns, rest = self.pick(((PEOPLE, self.rest()), (PEOPLE, "آخرون"), ("3 آخرون", ""), (PEOPLE, "على التقاعد"),
            (PEOPLE, "إلى المستشفى")))
        return (first + join + self.verb(verb, False, 0.1), self.place(0.3)), nouns, rest, NOMINATIVE

    def implied(self):
        """أخلت كيغالي بتعهداتها إذ أبقت في كيفو 20 جنديا: the subject is that of the clause before."""
        women = [d for d in DOERS if d.startswith("f")]
        (verb, nouns), begin = self.act(), self.pick(COME)
        nouns = [n for n in nouns if not n.split("/")[0].endswith(("ة", "فتاة"))]
        if nouns and "سيارة" not in nouns and nouns[0] != "شخص/أشخاص":
            nouns = PEOPLE[:20]
        join = self.pick(("، إذ ", "، بل ", "، بعدما ", "، ف", " و", "، ثم ", "، حيث ", "، وقد ", "، كما "))
        return (self.verb(begin, True, 0.2), self.pick(women).split(":")[1], self.pick(PLACE) + join + self.verb(verb,
            True, 0),
                self.between()), nouns, self.rest(), ACCUSATIVE

    def owned_object(self):
        """ستتقاسم دراسته 6 معاهد, تولى تمويلها 20 مصرفا"""
        verb = self.pick("""تقاسم/يتقاسم تولى/يتولى دعم/يدعم مول/يمول أدار/يدير راقب/يراقب ساند/يساند طلب/يطلب نفذ/ينفذ
            أيد/يؤيد رفض/يرفض""".split())
        noun = self.pick("دراست تمويل إدارت تنظيم تنفيذ حراست رعايت بناء نقل شراء استضافت".split()) + self.pick(("ه",
            "ها", "هم"))
        begin = self.pick(("عينات", "مشروع", "، وقد", "مؤتمر", self.maybe(OPEN, 0.5), "المحطة التي", ""))
        return (begin, self.verb(verb, self.chance.random() < 0.3), noun, self.maybe(TIME,
            0.15)), PEOPLE + ["معهد/معاهد", "دولة/دول", "شركة/شركات",
                "مصرف/مصارف"] * 4, self.rest(), NOMINATIVE

    def measure(self):
        """سعر التذكرة 35 دولارا, المسافة بين المدينتين 200 كم, لدى الفريق 22 نقطة, في كل صف 30 تلميذا"""
        lead = self.pick("""سعر التذكرة|عدد الدول الأعضاء|المسافة بين المدينتين|رصيد الفريق|المطلوب|الثمن|عدد السكان|درجة الحرارة|قيمة الجائزة|نسبة البطالة|
عمر المشروع|طول الجسر|مدة الرحلة|حصيلة القتلى|في كل صف|لدى الفريق|لكل لاعب|في الدار|على الطاولة|أمام الحكومة|في كل شهر|
بين القتلى|ومن بين الجرحى|
في المكتبة|للشركة|لدى المصرف|في رصيده|وفي البلاد|يوجد في أنقرة|توجد في المدينة|هناك|ثمة|يبقى أمامه|
ولا يزال في السجن""".replace("\n", "").split("|"))
        if self.chance.random() < 0.3:
            head = self.pick("طول عرض قطر سعر وزن عمر ارتفاع عمق حجم سرعة مساحة عدد رصيد سكان محيط".split())
            thing = self.pick(PLACES + GATHERINGS + ["m:الكوكب", "m:البحيرة", "m:النهر", "m:البرج", "f:السفينة"]).split(":")[1]
            lead, nouns = f"{head} {thing}", self.pick((AMOUNTS, AMOUNTS, TIMES))
            return (self.maybe(OPEN[:3], 0.1), lead), nouns, self.rest(), NOMINATIVE
        return (self.maybe(OPEN[:3], 0.1), lead), self.pick((AMOUNTS, PEOPLE, THINGS, TIMES)), self.rest(), NOMINATIVE

    def list(self):
        """الصغرى 11 والعظمى 24, الكويت أربعون، والدوحة 37: a sentence each"""
        names = self.pick(("الصغرى العظمى", "بيروت الدوحة", "الكويت الرباط", "عمان مسقط", "الذهب الفضة",
            "الأسهم السندات", "الدولار اليورو")).split()
        first = self.pick((f"{names[0]} {self.chance.randint(3, 60)}، و", f"{names[0]} ثلاثون، و", "درجات الحرارة: ", f"{names[0]} {self.chance.randint(3, 60)} و"))
        return (first + names[1],), [self.pick(("درجة/درجات", "نقطة/نقاط", "دولار/دولارات"))], self.rest(), NOMINATIVE

    def passes(self):
        lead = self.pick("مضى مر انقضى مضت مرت انقضت تبقى بقي يتبقى تفصلنا".split()[:9])
        return (self.maybe(OPEN, 0.3), lead, self.maybe(["على الحادث", "على بنائه", "حتى الآن", "من العقوبة"],
            0.3)), TIMES, "على الحادث", NOMINATIVE

    def exception(self):
        if self.chance.random() < 0.6:
            verb = self.pick(COME + HAPPEN).split("/")[1]
            return (self.pick(("لم", "لا", "لن")), verb, self.maybe(PLACE, 0.4), "إلا"), PEOPLE, self.rest(), NOMINATIVE
        (_, who), (verb, nouns) = self.doer(), self.pick([(self.pick(MAKE), THINGS), (self.pick(TAKE), PEOPLE)])
        return (self.pick(("لم", "لا", "لن")), self.verb(verb, _, 1).split()[-1].removeprefix("س"), who,
            "إلا"), nouns, self.rest(), ACCUSATIVE

    def construct(self):
        """شارك لاعبو 12 ناديا, اجتمع وزراء 12 دولة, دمرت منازل 20 أسرة"""
        head = self.pick("""لاعبو وزراء ممثلو رؤساء منازل عمال طلاب قادة موظفو جثث أهالي نجوم سفراء قيمة ثلث نصف فوز
            سكان مطار رئيس""".split())
        return (self.verb(self.pick(COME + HAPPEN + MAKE), False), self.maybe(TIME, 0.1), head), self.pick((THINGS,
            PEOPLE)), self.rest(), GENITIVE

    def share(self):
        number, of = self.pick((3, 12, 40, 62,
            85)), self.pick("الناخبين السكان منهم العمال الشركات المنازل النساء الأوروبيين".split())
        of = of if of == "منهم" else "من " + of
        way = self.chance.random()
        if way < 0.4:
            return (self.maybe(OPEN, 0.2), self.verb(self.pick(COME + ["أيد/يؤيد", "رفض/يرفض", "دعم/يدعم"]), False,
                0.6)), f"{number}% {of}", \
                self.pick(("القانون", "في الزراعة", "الخروج", "من الفقر", "اللقاح")), NOMINATIVE
        (feminine, who) = self.doer()
        verb = self.pick("""خسر/يخسر شكل/يشكل مثل/يمثل بلغ/يبلغ فقد/يفقد باع/يبيع اشترى/يشتري تجاوز/يتجاوز ارتفع/يرتفع
            تراجع/يتراجع""".split())
        words = (self.verb(verb, feminine), who) if way < 0.7 else (who, self.verb(verb, feminine))
        return (*words, self.maybe(TIME, 0.2)), f"{number}%", self.pick((of, "من قيمته", self.rest())), ACCUSATIVE

    def visit(self):
        """اقتحم المسلحون 12 مصرفا, زار الرئيس 20 دولة, استقبل المستشفى 20 مصابا"""
        if self.chance.random() < 0.5:
            (feminine, who), verb = self.doer(), self.pick(ATTEND + ["سمع/يسمع", "دفع/يدفع", "جاب/يجوب", "عبر/يعبر",
                "فتش/يفتش", "نهب/ينهب", "أحرق/يحرق"])
            feminine, who = (False, self.pick(MANY)) if self.chance.random() < 0.4 else (feminine, who)
            words = (self.verb(verb, feminine), who) if self.chance.random() < 0.75 or who in MANY else (who,
                self.verb(verb, feminine))
            nouns = """مصرف/مصارف دولة/دول بلد/بلدان مدينة/مدن مدرسة/مدارس موقع/مواقع متجر/متاجر بيت/بيوت منطقة/مناطق
                انفجار/انفجارات مقر/مقار""".split()
            return (self.maybe(OPEN, 0.2), *words, self.between()), nouns, self.rest(), ACCUSATIVE
        gender, noun = self.pick(PLACES + BUILDINGS + ["m:الفندق", "f:الدار", "f:القناة", "m:المتحف",
            "m:المخيم"]).split(":")
        verb = self.verb(self.pick("""استقبل/يستقبل استضاف/يستضيف استوعب/يستوعب ضم/يضم آوى/يؤوي وفر/يوفر عرض/يعرض
            شهد/يشهد فقد/يفقد""".split()), gender == "f")
        words = (verb, noun) if self.chance.random() < 0.6 else (noun, verb)
        return (self.maybe(OPEN, 0.2), *words, self.between()), self.pick((PEOPLE, PEOPLE,
            THINGS)), self.rest(), ACCUSATIVE

    def sentenced(self):
        """سجن 20 عاما, أوقف عن اللعب 4 أشهر, تأجل 20 يوما"""
        verb = self.pick("""سجن/يسجن أوقف/يوقف احتجز/يحتجز تأجل/يتأجل اعتقل/يعتقل نفي/ينفى غاب/يغيب خدم/يخدم حوصر/يحاصر
            علق/يعلق أغلق/يغلق مدد/يمدد عمل/يعمل""".split())
        join = self.pick(("", "", "و", "ف", "ثم "))
        return (join + self.verb(verb, self.chance.random() < 0.2), self.maybe(["عن اللعب", "بسبب الحرب", "في المصنع",
            "ظلما"], 0.3)), TIMES[:-1], self.rest(), ACCUSATIVE

    def counted(self):
        """أصبح عدد المصابين 22, يفوق عدد سكانها 20 مليون نسمة"""
        noun = self.pick(("عدد المصابين|عدد سكانها|عدد الضحايا|ثمن التذكرة|سعر البرميل|مساحة المزرعة|قيمة الصفقة|"
            "نسبة البطالة|عدد القتلى|طول الجسر").split("|"))
        verb = self.pick("كان كانت أصبح بات صار بلغ بلغت يبلغ تجاوز يتجاوز فاق يفوق قارب ناهز".split())
        return (self.maybe(OPEN, 0.2), verb, noun, self.maybe(TIME, 0.1)), self.pick((AMOUNTS,
            PEOPLE)), self.rest(), ACCUSATIVE

    def career(self):
        """زار 12 بلدا, سجل 28 هدفا في 30 مباراة: who did it is known."""
        verb, nouns = self.pick((("زار/يزور", "بلد/بلدان دولة/دول مدينة/مدن".split()), ("أحرز/يحرز",
            "هدف/أهداف لقب/ألقاب".split()), ("نال/ينال",
                                "جائزة/جوائز وسام/أوسمة".split()), ("خاض/يخوض", "مباراة/مباريات معركة/معارك".split()),
                                    ("ألف/يؤلف", "كتاب/كتب رواية/روايات".split()),
                                ("أنجب/ينجب", ["طفل/أطفال"]), ("قضى/يقضي", TIMES), ("أمضى/يمضي", TIMES), ("سجل/يسجل",
                                    ["هدف/أهداف"])))
        if self.chance.random() < 0.4:
            verb, nouns = self.pick(((self.pick(MAKE), THINGS), (self.pick(TAKE), PEOPLE),
                (self.pick(ATTEND[4:] + ["نهب/ينهب", "قصف/يقصف"]), ["متجر/متاجر", "موقع/مواقع"])))
            before = self.pick(("قبل أن", "منذ أن", "بعد أن", "على أن", "يريد أن", "نجح في أن", "من غير أن",
                "يمكنه أن"))
            said = self.verb(verb, False, 0 if before in ("منذ أن", "بعد أن") else 1).split()[-1]
            said = said[1:] if said.startswith("سي") else said
            return (before, said, self.maybe(PLACE, 0.2)), nouns, self.rest(), ACCUSATIVE
        lead = self.pick(("", "و", "قبل أن", "بعد أن", "، و", "كما ", "استطاع أن"))
        return ((lead if lead.endswith("أن") else ""), ("" if lead.endswith("أن") else lead) + self.verb(verb, False,
            1 if lead.endswith("أن") else 0.1).split()[-1].removeprefix("س" if lead.endswith("أن") else "٠"),
                self.maybe(PLACE, 0.3)), nouns, self.rest(), ACCUSATIVE

    def being(self):
        """نفى أن يكون 20 نائبا قد استقالوا"""
        (feminine, who) = self.doer()
        lead = self.pick((f"نفى {who} أن يكون", f"أكد {who} أن يكون", "هل كان", "ولم يكن", "من المحتمل أن يكون"))
        return (lead,), PEOPLE, self.pick(("قد استقالوا", "قد وصلوا", "في القاعة", "قد غادروا البلاد")), NOMINATIVE

    def among(self):
        """اعتقل الجيش ناشطين بينهم 3 نساء, وبحوزتهم 4 بنادق"""
        (feminine, who), (verb, nouns) = self.doer(), self.act()
        before = self.noun(nouns).split()[-1]
        join = self.pick(("بينهم", "بينها", "، بينهم", "، من بينهم", "، من بينها", "وبحوزتهم", "وبينهم", "ومعهم",
            "، منها", "، منهم", "وفي صفوفهم", "وفيه"))
        return (self.verb(verb, feminine), who, before, self.maybe(PLACE, 0.2), join), self.pick((PEOPLE,
            THINGS)), self.rest(), NOMINATIVE

    def joined_noun(self):
        """بمقتل جنود وإصابة 20, بناء مدارس وترميم 3 جسور"""
        heads = "مقتل إصابة جرح بناء ترميم إغلاق شراء بيع اعتقال تدمير توزيع إنقاذ تضرر فقدان سقوط".split()
        feminine, who = self.doer()
        lead = self.pick((f"أعلن {who}", "أفادت مصادر ب", "أدى الحادث إلى ", "تشمل الخطة ", "من أجل "))
        first = lead + self.pick(heads) if lead.endswith(("ب", " ")) else lead + " " + self.pick(heads)
        return (first, self.pick(("جنود", "مدنيين", "عدد من المنازل", "مدرسة", "طريق")), self.maybe(PLACE, 0.2),
            "و" + self.pick(heads)), \
            self.pick((PEOPLE, THINGS)), self.rest(), GENITIVE

    def rest(self):
        return self.pick(REST)

    def sentence(self):
        """(text, byte offset of the number, case)"""
        patterns = [self.verb_subject_object, self.subject_verb_object, self.relative, self.second_verb, self.passive,
            self.passive,
                    self.come, self.come, self.object_subject, self.object_in_verb, self.subject_first,
                        self.subject_first, self.hold,
                    self.last, self.nominal, self.kana, self.inna, self.participle, self.second_object,
                        self.verbal_noun,
                    self.topic, self.topic, self.resumed, self.other_gender, self.implied, self.owned_object,
                        self.measure, self.measure, self.passes,
                    self.exception, self.construct, self.share, self.distance, self.visit,
                    self.visit, self.sentenced, self.counted, self.career, self.being, self.among, self.joined_noun,
                        self.list, self.passive_again]
        before, nouns, after, case = self.pick(patterns)()
        head = " ".join(" ".join(filter(None, before)).split()).replace(" ،", "،") + " "
        return head + f"{self.noun(nouns)} {after}".strip().replace(" ،", "،") + ".", len(head.encode()), case
