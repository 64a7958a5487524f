"""The errors of a form as the summary above it lists them."""


def listed_errors(form):
    """[(id of the field or "", its label, text)] in the order of the page; none while nothing was sent."""
    if not form.is_bound:
        return []
    found = [("", "", text) for text in form.non_field_errors()]
    for name in form.fields:
        found += [(form[name].id_for_label, form[name].label, text) for text in form.errors.get(name, ())]
    return found
