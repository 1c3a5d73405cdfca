"""What a demo shows beside the register itself."""

from django.urls import path

from demo.gallery.views import components
from demo.letters.views import letter_detail, letter_html, letter_list

app_name = "demo"

urlpatterns = [
    path("komponenter/", components, name="components"),
    path("demons-brev/", letter_list, name="letter_list"),
    path("demons-brev/<int:number>/", letter_detail, name="letter_detail"),
    path("demons-brev/<int:number>/som-det-ser-ut/", letter_html, name="letter_html"),
]
