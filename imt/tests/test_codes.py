from imt.codes import digest_of, new_code


def test_a_code_is_read_the_same_however_it_is_typed():
    code = new_code()
    assert digest_of(code) == digest_of(f" {code.lower().replace('-', ' ')} ")


def test_no_two_codes_are_alike_and_none_holds_letters_that_look_like_others():
    codes = {new_code() for _time in range(500)}
    assert len(codes) == 500
    assert not set("".join(codes)) & set("01IO")
