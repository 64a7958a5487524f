"""A code on paper: shown once, to be printed and handed over."""

import segno
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse


def paper_page(request, invitation, *, code, employer, badge):
    """The page to be printed. Its QR code is an image of data, so that the code stands in no address of ours."""
    link = settings.SITE_ADDRESS + reverse("invitation_link", args=[code])
    context = {
        "invitation": invitation,
        "person": invitation.user,
        "employer": employer,
        "badge": badge,
        "code": code,
        "site": settings.SITE_ADDRESS,
        "qr": segno.make(link, error="m").svg_data_uri(scale=6, border=4) if invitation.user.email else "",
    }
    return render(request, "apprentices/people/paper.html", context)
