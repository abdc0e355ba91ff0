from django.urls import URLPattern

app_name = "wachtlijst"
urlpatterns: list[URLPattern] = []
