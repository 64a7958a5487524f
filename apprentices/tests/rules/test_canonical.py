import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.canonical import canonical, digest, sealed

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
objects = st.dictionaries(st.text(), values)


def test_the_canonical_form_has_sorted_keys_no_blanks_and_characters_as_they_are():
    assert canonical({"b": [1, True, None], "a": "Xóchitl 🛠"}) == '{"a":"Xóchitl 🛠","b":[1,true,null]}'


def test_the_digest_is_the_hash_of_the_object_without_it():
    expected = hashlib.sha256(b'{"ref":"IMT-0001"}').hexdigest()
    assert digest({"ref": "IMT-0001"}) == digest({"ref": "IMT-0001", "digest": "anything"}) == expected


@given(objects)
def test_the_order_of_the_keys_does_not_matter(value):
    turned = dict(reversed(value.items()))
    assert canonical(turned) == canonical(value)
    assert digest(turned) == digest(value)


@given(objects)
def test_a_sealed_object_verifies_and_survives_the_way_through_json(value):
    once = sealed(value)
    assert json.loads(canonical(once)) == once
    assert digest(once) == once["digest"]
    assert sealed(once) == once


@given(objects, objects)
def test_other_content_has_another_digest(one, other):
    def bare(value):
        return {key: part for key, part in value.items() if key != "digest"}

    assert (digest(one) == digest(other)) == (canonical(bare(one)) == canonical(bare(other)))
