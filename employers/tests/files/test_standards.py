"""What the example workbook of the papers says, read whole."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from employers.rules.standards import content_digest


def test_the_example_is_the_program_of_the_papers(example):
    assert replace(example, processes=(), courses=(), wage_steps=(), credentials=()) == type(example)(
        sponsor_name="WRTP/BIG STEP",
        occupation="Industrial Manufacturing Technician",
        existing_title="",
        onet_code="17-3029.09",
        rapids_code="2031HY",
        approach="HYBRID",
        term_months=18,
        ojl_minimum=273_600,
        ojl_maximum=273_600,
        ri_minimum=26_400,
        ri_maximum=26_400,
        ratio="1:1",
        probation="750 hours",
        registration_state="WI",
        agency_kind="SAA",
        registered_on=date(2014, 11, 1),
        updated_on=date(2026, 1, 5),
        processes=(),
    )


def test_a_process_spans_the_rows_of_its_skills(example):
    assert [process.code for process in example.processes] == list("ABCDEFGH")
    operating = example.processes[2]
    assert operating.title == "C. Operating and monitoring production equipment"
    assert (operating.position, operating.minimum, operating.maximum) == (3, 64_000, 104_000)
    assert [competency.number for competency in operating.competencies] == [1, 2, 3, 4]
    assert operating.competencies[3].title == "Keeps production records"
    assert sum(len(process.competencies) for process in example.processes) == 26


def test_courses_steps_and_credentials_are_read_in_order(example):
    assert [course.code for course in example.courses] == ["MSSC-S", "MSSC-Q", "MSSC-P", "MSSC-M", "MATH", "COMM"]
    assert example.courses[4].hours == 3_600
    assert [(step.ojl_hours, step.percentage) for step in example.wage_steps] == [
        (0, Decimal(80)),
        (68_400, Decimal(85)),
        (136_800, Decimal(90)),
        (205_200, Decimal(95)),
    ]
    assert [each.code for each in example.credentials] == ["CPT-S", "CPT-Q", "CPT-P", "CPT-M", "OSHA10", "FACPR"]
    assert [each.issuer for each in example.credentials][-1] == ""


def test_a_saved_copy_has_the_same_content(example, draft):
    assert content_digest(draft.read()) == content_digest(example)
