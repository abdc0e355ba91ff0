from django.urls import path
from django.views.generic import View

app_name = "wachtlijst"
urlpatterns = [path("wachtlijst/plek/<str:code>/opdracht/", View.as_view(), name="opdracht")]
