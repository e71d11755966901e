"""The meeting's own form: sections and fields that staff build without code, conditions, typed answers in versions.

A field keeps what it said in each version, an answer the version it was given to: no change of the form changes an answer.
Answers to sensitive fields are sealed and shown to named roles; those with a retention clock are purged after the meeting.
"""

from conference.registration.form.actions import add_section as set_section
from conference.registration.form.actions import amend, ask, keep
from conference.registration.form.answering import AnswerForm, answer_form, condition_for_script
from conference.registration.form.building import (
    add_field,
    add_section,
    change_field,
    change_section,
    copy_form,
    duplicate,
    edit_until,
    remove,
    show,
)
from conference.registration.form.faults import told as faults_told
from conference.registration.form.filtering import (
    answer_clause,
    answer_ops,
    counts_of,
    filterable_values,
    op_words,
)
from conference.registration.form.kinds import CHOOSING, COUNTED, Kind, Unfit, codes_of, parse
from conference.registration.form.kinds import show as in_words
from conference.registration.form.models import Answer, FormSettings, PastAnswer, Question, QuestionVersion, Section
from conference.registration.form.placing import move
from conference.registration.form.queries import (
    Given,
    answers_of,
    form_for,
    form_of,
    is_answered,
    may_look,
    may_see,
    own_answers_of,
    people_who_answered,
    questions_of,
    section_of,
    settings_of,
    told,
    told_before,
    versions_of,
)
from conference.registration.form.retention import editable_until, may_edit, purge
from conference.registration.form.rules import JOINS, OPS, Block, users_of, when

__all__ = [
    "CHOOSING", "COUNTED", "JOINS", "OPS", "Answer", "AnswerForm", "Block", "FormSettings", "Given", "Kind", "PastAnswer",
    "Question", "QuestionVersion", "Section", "Unfit", "add_field", "add_section", "amend", "answer_clause", "answer_form",
    "answer_ops", "answers_of", "ask", "change_field", "change_section", "codes_of", "condition_for_script", "copy_form",
    "counts_of", "duplicate", "edit_until", "editable_until", "faults_told", "filterable_values", "form_for", "form_of",
    "in_words", "is_answered", "keep", "may_edit", "may_look", "may_see", "move", "op_words", "own_answers_of", "parse", "people_who_answered", "purge", "questions_of", "remove",
    "section_of", "set_section", "settings_of", "show", "told", "told_before", "users_of", "versions_of", "when",
]  # fmt: skip
