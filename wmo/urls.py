from django.urls import URLPattern

app_name = "wmo"
urlpatterns: list[URLPattern] = []
