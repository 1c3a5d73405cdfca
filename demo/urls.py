"""What a demo shows beside the register itself."""

from django.urls import path

from demo.gallery.views import components

app_name = "demo"

urlpatterns = [path("komponenter/", components, name="components")]
