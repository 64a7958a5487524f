"""What the words of an employer's files mean: whose badge a number is, which process a job code; and what in a file
nobody knows yet."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from apprentices.models import Apprenticeship, HourFileWord
from apprentices.permissions import loggable_by
from apprentices.queries.known_hours import people_for
from apprentices.rules.hour_lines import NO_APPRENTICE, is_passed_over, normalized
from employers.models import Badge, WorkProcess

PERSON, PROCESS = HourFileWord.Field.PERSON, HourFileWord.Field.PROCESS
NOBODY = ""  # what a word of a person means who is no apprentice


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A badge or a job code that stands in so many lines and means nothing yet."""

    field: str
    written: str
    lines: int
    first_line: int


def people_of_files(user, employer, *, on):
    """{as the files of the employer write it: Person}, of everybody whose hours the user may log: by reference, by the
    words that the employer has settled, by badge number."""
    people = people_for(user, on=on)
    persons, processes = _words(employer)
    if processes:
        people = _with_processes(people, processes)
    badges = _badges(employer, on)
    named = {number: people[ref] for number, ref in badges.items() if ref in people and number not in people}
    for written, ref in persons.items():
        if ref == NOBODY:
            named[written] = NO_APPRENTICE
        elif ref in people:
            named[written] = people[ref]
    return {**people, **named}


def unknown_words(records, people, employer):
    """[UnknownWord] of the records of a file, those of persons first, each with the most lines first."""
    known = set().union(*(person.processes.keys() for person in people.values() if person.employer_id == employer.pk))
    counts, first = Counter(), {}
    for record in records:
        ref, process = record.apprentice_ref.strip(), normalized(record.work_process)
        person = people.get(ref)
        if person is NO_APPRENTICE or is_passed_over(record, person):
            continue
        found = []
        if person is None and ref:
            found.append((PERSON.value, ref))
        names = person.processes if person else known
        if process and (process not in names if person is None else names.get(process) is None):
            found.append((PROCESS.value, record.work_process.strip()))
        for word in found:
            counts[word] += 1
            first.setdefault(word, record.line)
    words = [UnknownWord(*word, lines, first[word]) for word, lines in counts.items()]
    return sorted(words, key=lambda word: (word.field != PERSON, -word.lines, word.written))


def people_to_choose(user, employer, *, on):
    """[(reference, name)] of the employer's apprenticeships whose hours the user may log, by name."""
    found = loggable_by(user, Apprenticeship.objects.filter(employer=employer), on=on).select_related("apprentice")
    return [
        (one.ref, f"{one.apprentice} ({one.ref})")
        for one in found.order_by("apprentice__last_name", "apprentice__first_name", "ref")
    ]


def processes_to_choose(employer):
    """[(code, code and title)] of the work processes under which the employer's people learn."""
    standards = Apprenticeship.objects.filter(employer=employer).values("standards")
    moved = Apprenticeship.objects.filter(employer=employer).values("standards_moves__standards")
    found = WorkProcess.objects.filter(standards__in=standards) | WorkProcess.objects.filter(standards__in=moved)
    rows = found.order_by("position", "code").values_list("code", "title").distinct()
    titles = {}
    for code, title in rows:
        titles.setdefault(code, title if title.startswith(f"{code}.") else f"{code}. {title}")
    return list(titles.items())


def _words(employer):
    """({as written: reference}, {as compared: code})."""
    persons, processes = {}, {}
    rows = HourFileWord.objects.filter(employer=employer).values_list("field", "written", "means")
    for field, written, means in rows:
        if field == PERSON:
            persons[written] = means
        else:
            processes[normalized(written)] = normalized(means)
    return persons, processes


def _with_processes(people, words):
    """The same people, whose processes are known by the employer's job codes too; the standards' own go before."""
    extended = {}
    for person in people.values():
        own = person.processes
        if id(own) not in extended:
            named = {word: own[code] for word, code in words.items() if own.get(code) is not None}
            extended[id(own)] = {**named, **own}
    return {ref: replace(person, processes=extended[id(person.processes)]) for ref, person in people.items()}


def _badges(employer, on):
    """{badge number: reference of the latest apprenticeship at the employer}."""
    numbers = dict(Badge.objects.in_force(on).filter(employer=employer).values_list("user", "number"))
    refs = defaultdict(str)
    rows = Apprenticeship.objects.filter(employer=employer, apprentice__user__in=numbers).order_by(
        "registered_on", "pk"
    )
    for user, ref in rows.order_by("registered_on", "pk").values_list("apprentice__user", "ref"):
        refs[numbers[user]] = ref
    return refs
